// SPDX-License-Identifier: Apache-2.0
/**
 * The wire: SMPP 3.4 over Netty with the cloudhopper PDU classes, hidden behind {@link org.smsprocess.smpp.SmppLink}. Knows no actor and
 * no database; no library type leaves it. By task:
 *
 * <pre>
 * bind       SmppConnector › CloudhopperConnector › BindAttempt › BindHandshake; BindFailures
 * link       SmppLink › CloudhopperLink on a LinkChannel; LinkOutput writes, HouseKeeping and EnquireLinkTimer keep it alive
 * MT         SubmitFlow: WaitingSubmits › RatePacer › SendingWindow › SubmitEncoder; LateAnswers
 * SR and MO  InboundFlow
 * requests   MessageRequests (CANCEL_SM, QUERY_SM)
 * octets     FrameGuard › TolerantDecoder, PduReader; PduText and TraceLog put them into words
 * write      PduBuffer, ControlPdus
 * </pre>
 */
@NullMarked
package org.smsprocess.smpp;

import org.jspecify.annotations.NullMarked;
