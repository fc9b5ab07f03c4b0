// SPDX-License-Identifier: Apache-2.0
/**
 * The octets of SMPP 3.4: pure functions and buffers, without a socket. Copes with PDUs that do not follow the specification. By task:
 *
 * <pre>
 * read       FrameGuard › PduReader, TolerantDecoder; Octets
 * write      PduBuffer: SubmitEncoder, InboundResp; ControlPdus
 * show       PduText › PduTextWriter, by PduLayout
 * </pre>
 */
@NullMarked
package org.smsprocess.smpp.pdu;

import org.jspecify.annotations.NullMarked;
