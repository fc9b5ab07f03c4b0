// SPDX-License-Identifier: Apache-2.0
/**
 * How nodes find each other, who goes on after a partition, and which node holds which slot.
 */
@NullMarked
package org.smsprocess.cluster;

import org.jspecify.annotations.NullMarked;
