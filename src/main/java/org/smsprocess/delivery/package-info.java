// SPDX-License-Identifier: Apache-2.0
/**
 * The life of an MT in PostgreSQL. All of it changes the same few tables, in transactions that rely on each other's locks; each step
 * of that life has a package, and none calls another (but upkeep, which ends cancelled deliveries as intake does):
 *
 * <pre>
 * intake     accepts messages and makes deliveries
 * queue      hands parts of deliveries to connections and records what came of them
 * log        writes final statuses into the delivery log
 * lookup     answers what became of deliveries and messages
 * requests   remembers which messages the SMSC is to be asked about
 * upkeep     ends deliveries and drops what is too old
 * </pre>
 *
 * <p>Here is what they share: a delivery's settings and state, ids, the tables of messages, prepared statements.
 */
@NullMarked
package org.smsprocess.delivery;

import org.jspecify.annotations.NullMarked;
