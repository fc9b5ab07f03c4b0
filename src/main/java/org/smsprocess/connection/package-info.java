// SPDX-License-Identifier: Apache-2.0
/**
 * Slot, Connection, Session: keeps an account's SMPP connections bound and lets MT flow through them. By task:
 *
 * <pre>
 * hold       Slot (LeaseKeeper) › Connection (Backoff) › Session › Links
 * send       PartClaims › Preparer › MtPipeline, ThrottleControl; LongMt, SplitMt
 * record     Recorder › OutcomeLedger; Recovery, of what an earlier owner left
 * receive    LinkHearing › InboundDesk
 * ask        MessageInquiries: QueryBacklog, RequestTally
 * show       LiveBoard, LiveSlots, MessageLog
 * </pre>
 */
@NullMarked
package org.smsprocess.connection;

import org.jspecify.annotations.NullMarked;
