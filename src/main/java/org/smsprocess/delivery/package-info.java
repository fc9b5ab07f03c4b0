// SPDX-License-Identifier: Apache-2.0
/**
 * The life of an MT in PostgreSQL: accept, deliveries, delivery parts (the queue), settling, delivery log. One package, because all of
 * it changes the same few tables, in transactions that rely on each other's locks; by task:
 *
 * <pre>
 * accept     Intake › PostgresIntake › AcceptBatch, NewRows; Outbox (from SQL); Deliveries (campaigns)
 * queue      MtQueue › PostgresMtQueue › ClaimTransaction, RecordTransaction, RecoverTransaction, RetryParts
 * SR         DeliveryLog › FinalStatusTransaction
 * look up    DeliveryQueries, InDoubtMessages
 * ask SMSC   CancelRequests, QueryWatches
 * keep up    Upkeep › Partitions, FinishedDeliveries, Cancellation
 * </pre>
 */
@NullMarked
package org.smsprocess.delivery;

import org.jspecify.annotations.NullMarked;
