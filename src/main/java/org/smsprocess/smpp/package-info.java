// SPDX-License-Identifier: Apache-2.0
/**
 * SMPP 3.4 as the rest of the process sees it: an SmppConnector binds an SmppLink, which takes Submit and MessageRequest and tells its
 * LinkListener what comes in. No library type and no octet of a PDU leaves it. How it is done:
 *
 * <pre>
 * pdu        octets into PDUs, PDUs into values and words, and back
 * link       one connection: bind, send at a rate through a window, receive, keep alive
 * </pre>
 */
@NullMarked
package org.smsprocess.smpp;

import org.jspecify.annotations.NullMarked;
