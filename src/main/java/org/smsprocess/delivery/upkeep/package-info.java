// SPDX-License-Identifier: Apache-2.0
/**
 * What must be done from time to time, by one node at a time: finish deliveries, cancel what is left of cancelled ones, make partitions
 * ahead and drop those older than the retention.
 */
@NullMarked
package org.smsprocess.delivery.upkeep;

import org.jspecify.annotations.NullMarked;
