// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/** What became of a text: ready to be sent, or the reason why it cannot be. */
public sealed interface EncodeResult permits EncodedText, Unencodable {}
