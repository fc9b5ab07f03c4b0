// SPDX-License-Identifier: Apache-2.0
/**
 * The guardian and the wiring: the only place that knows every other part. By task:
 *
 * <pre>
 * configure  NodeConfig › AllSettings
 * run        Node › NodeParts, SmsProcess (the guardian)
 * slots      AccountSlots calls, SlotSharding places, SlotCalls moves them
 * wire       AccountWork, CorrelatorRoute, SrDialects, PostgresAccountStates, ClusterNodes
 * show       ClusterBoard, NodeMeters, StatisticsLog
 * </pre>
 */
@NullMarked
package org.smsprocess.process;

import org.jspecify.annotations.NullMarked;
