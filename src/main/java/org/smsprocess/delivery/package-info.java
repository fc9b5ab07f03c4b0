// SPDX-License-Identifier: Apache-2.0
/**
 * The life of an MT in PostgreSQL: accept, deliveries, delivery parts (the queue), settling, delivery log.
 */
@NullMarked
package org.smsprocess.delivery;

import org.jspecify.annotations.NullMarked;
