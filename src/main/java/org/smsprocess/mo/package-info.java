// SPDX-License-Identifier: Apache-2.0
/**
 * Messages written by people: reassembly, inbox, auto-reply, quarantine, webhooks. By task:
 *
 * <pre>
 * read       SegmentReader, MoText, TlvColumns
 * join       MoHandlers › MoHandler › Reassembly: Group
 * decide     MoComposer: ReplyRules, QuarantineNumber
 * store      InboxWriter › BatchedInboxWriter › InboxSql; Inbox, InboxCleaner, Quarantine
 * tell       Webhooks › WebhookQueue, WebhookCall
 * persist    MoCodec by MoSerializer
 * </pre>
 */
@NullMarked
package org.smsprocess.mo;

import org.jspecify.annotations.NullMarked;
