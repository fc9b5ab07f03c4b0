// SPDX-License-Identifier: Apache-2.0
/**
 * Slot, Connection, Session: keeps an account's SMPP connections bound and lets MT flow through them. SUBMIT_SM are made in
 * {@link org.smsprocess.connection.preparing}; CANCEL_SM and QUERY_SM go out from {@link org.smsprocess.connection.requests}. By task:
 *
 * <pre>
 * hold       Slot (LeaseKeeper) › Connection (Backoff) › Session › Links
 * send       PartClaims › MtPipeline › Sending, ThrottleControl
 * record     Recorder › OutcomeLedger, SplitMt; Recovery, of what an earlier owner left
 * receive    LinkHearing › InboundDesk
 * show       LiveBoard, LiveSlots, MessageLog
 * </pre>
 */
@NullMarked
package org.smsprocess.connection;

import org.jspecify.annotations.NullMarked;
