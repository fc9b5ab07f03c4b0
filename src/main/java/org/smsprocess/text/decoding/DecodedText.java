// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.util.Set;
import org.smsprocess.text.Udh;

/**
 * The text of an MO.
 *
 * @param text free of NUL and of unpaired surrogates, so that every database takes it
 * @param flags what was odd about it
 * @param udh the header it came with, that of the first part if there were several; {@link Udh#NONE} without one
 */
public record DecodedText(String text, Set<DecodeFlag> flags, Udh udh) {}
