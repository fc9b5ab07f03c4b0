// SPDX-License-Identifier: Apache-2.0
/**
 * MO, replies and quarantined numbers in PostgreSQL. By task:
 *
 * <pre>
 * store      InboxWriter of NewMo › BatchedInboxWriter › InboxSql
 * read       Inbox: InboxMo; Quarantine
 * keep up    InboxCleaner
 * count      MoMetrics
 * </pre>
 */
@NullMarked
package org.smsprocess.mo.inbox;

import org.jspecify.annotations.NullMarked;
