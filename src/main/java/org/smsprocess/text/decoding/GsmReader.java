// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.smsprocess.text.Udh;
import org.smsprocess.text.charsets.ShiftTables;

/**
 * Reads the GSM alphabet, one septet in each octet, with the national language shift tables its UDH names (3GPP TS 23.038
 * §6.2.1.2). Octets above 127 show that the sender meant another charset.
 */
final class GsmReader implements BodyReader {
    private static final char REPLACEMENT = 0xFFFD;

    @Override
    public String read(byte[] body, Udh udh, Set<DecodeFlag> flags) {
        for (byte octet : body) {
            if (octet < 0) {
                flags.add(DecodeFlag.CHARSET_GUESSED);
                return Utf8Guess.isWide(body) ? Utf8Guess.text(body) : new String(body, StandardCharsets.ISO_8859_1);
            }
        }
        return septets(body, ShiftTables.locking(udh.lockingShift()), ShiftTables.single(udh.singleShift()), flags);
    }

    private static String septets(byte[] septets, char[] locking, char[] single, Set<DecodeFlag> flags) {
        StringBuilder text = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            char c = locking[septets[i]];
            if (c == ShiftTables.ESC) {
                i++;
                c = i < septets.length ? escaped(septets[i], locking, single) : REPLACEMENT;
            }
            if (c == ShiftTables.NONE || c == REPLACEMENT) {
                flags.add(DecodeFlag.REPLACED);
                c = REPLACEMENT;
            }
            text.append(c);
        }
        return text.toString();
    }

    /** A septet behind an escape; without a meaning there it means what it means alone (3GPP TS 23.038 §6.2.1.1). */
    private static char escaped(byte septet, char[] locking, char[] single) {
        if (septet == ShiftTables.ESC) {
            return ' ';
        }
        return single[septet] == ShiftTables.NONE ? locking[septet] : single[septet];
    }
}
