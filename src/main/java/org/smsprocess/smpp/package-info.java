// SPDX-License-Identifier: Apache-2.0
/**
 * The wire: SMPP 3.4 over Netty with the cloudhopper PDU classes, hidden behind {@link org.smsprocess.smpp.SmppLink}. Knows no actor and no database; no library type leaves it.
 */
@NullMarked
package org.smsprocess.smpp;

import org.jspecify.annotations.NullMarked;
