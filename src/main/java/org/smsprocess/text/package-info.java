// SPDX-License-Identifier: Apache-2.0
/**
 * Text to octets and back: GSM 03.38, UCS-2, national tables, transliteration, splitting, UDH. Pure functions.
 */
@NullMarked
package org.smsprocess.text;

import org.jspecify.annotations.NullMarked;
