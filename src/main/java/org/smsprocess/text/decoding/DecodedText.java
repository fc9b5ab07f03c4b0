// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.util.Set;

/**
 * The text of an MO.
 *
 * @param text free of NUL and of unpaired surrogates, so that every database takes it
 * @param flags what was odd about it
 */
public record DecodedText(String text, Set<DecodeFlag> flags) {}
