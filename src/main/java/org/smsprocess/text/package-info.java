// SPDX-License-Identifier: Apache-2.0
/**
 * Text to octets: transliteration, splitting, UDH. Pure functions. The alphabets are in {@link org.smsprocess.text.charsets}, the way
 * back is {@link org.smsprocess.text.decoding}. By task:
 *
 * <pre>
 * encode     TextEncoder › EncodedText; Preview tells what it would cost
 * replace    Approximator › NearCharacters
 * split      Splitter (Graphemes), UdhLayout, ConcatReference; Udh reads what they write
 * </pre>
 */
@NullMarked
package org.smsprocess.text;

import org.jspecify.annotations.NullMarked;
