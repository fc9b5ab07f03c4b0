// SPDX-License-Identifier: Apache-2.0
/**
 * PostgreSQL: embedded or given, pools, migrations, blocking dispatcher. Knows no table of messages. By task:
 *
 * <pre>
 * open       Database of DatastoreSettings: a SqlLane each for traffic, look-ups and leases
 * embedded   EmbeddedServer (EmbeddedPassword); StartLog and LeftoverServer, when it does not start
 * run        SqlWork, SqlAction; DatabaseBusy, Availability, SqlErrors when it cannot
 * share      Leases of slots; WorkSignal by LISTEN and NOTIFY
 * </pre>
 */
@NullMarked
package org.smsprocess.store;

import org.jspecify.annotations.NullMarked;
