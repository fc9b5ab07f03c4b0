// SPDX-License-Identifier: Apache-2.0
/**
 * Text to octets: GSM 03.38, UCS-2, national tables, transliteration, splitting, UDH. Pure functions. The way back is
 * {@link org.smsprocess.text.decoding}. By task:
 *
 * <pre>
 * encode     TextEncoder › EncodedText; Preview tells what it would cost
 * charsets   SmsCharset › WireForms: TableForm (CharTable, ShiftTables), Utf16Form, Utf8Form; Septets packs
 * replace    Approximator › NearCharacters
 * split      Splitter (Graphemes), UdhLayout, ConcatReference; Udh reads what they write
 * </pre>
 */
@NullMarked
package org.smsprocess.text;

import org.jspecify.annotations.NullMarked;
