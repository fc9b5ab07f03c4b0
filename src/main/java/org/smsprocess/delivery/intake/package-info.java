// SPDX-License-Identifier: Apache-2.0
/**
 * Accepts MTs: whatever is answered as accepted is in the queue, on disk. By task:
 *
 * <pre>
 * HTTP       Intake › PostgresIntake › AcceptBatch in SharedDeliveries, NewRows
 * MO         TransactionalIntake: auto-replies, in the transaction that stores the MO
 * SQL        Outbox › OutboxTransaction
 * campaigns  Deliveries: made, filled, started, paused, cancelled (Cancellation)
 * </pre>
 */
@NullMarked
package org.smsprocess.delivery.intake;

import org.jspecify.annotations.NullMarked;
