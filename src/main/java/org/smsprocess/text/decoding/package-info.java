// SPDX-License-Identifier: Apache-2.0
/**
 * The octets of an MO become text, whatever they are: nothing here fails. Pure functions. By task:
 *
 * <pre>
 * decode     TextDecoder › DataCodings: what each data_coding means
 * read       BodyReader: GsmReader, Ucs2Reader, CharsetReader; Utf8Guess, of what says it is something else
 * result     DecodedText, with a DecodeFlag for all that was odd
 * </pre>
 */
@NullMarked
package org.smsprocess.text.decoding;

import org.jspecify.annotations.NullMarked;
