// SPDX-License-Identifier: Apache-2.0
/**
 * What an SMSC of the simulator is like: binds, message ids, answers, SR, MO and faults, read and checked.
 */
@NullMarked
package org.smsprocess.simulator.settings;

import org.jspecify.annotations.NullMarked;
