// SPDX-License-Identifier: Apache-2.0
/**
 * One connection to an SMSC over Netty, everything of it on one event loop. Knows no actor and no database. By task:
 *
 * <pre>
 * bind       CloudhopperConnector › BindAttempt › BindHandshake; BindFailures
 * link       CloudhopperLink on a LinkChannel; LinkTasks run on its loop, LinkOutput writes, LinkCounters count, TraceLog shows
 * alive      HouseKeeping, EnquireLinkTimer, Alarm
 * MT         SubmitFlow: WaitingSubmits › RatePacer (SentBursts) › SendingWindow; LateAnswers
 * SR and MO  InboundFlow
 * requests   MessageRequests (CANCEL_SM, QUERY_SM)
 * </pre>
 */
@NullMarked
package org.smsprocess.smpp.link;

import org.jspecify.annotations.NullMarked;
