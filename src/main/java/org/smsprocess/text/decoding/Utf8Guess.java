// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.nio.charset.StandardCharsets;

/** Recognises UTF-8 text where something else was declared. */
final class Utf8Guess {
    private Utf8Guess() {}

    /** True for well-formed UTF-8 without control characters other than white space. */
    static boolean isText(byte[] octets) {
        String text = text(octets);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0xFFFD || Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** True if it is text as {@link #isText} says and at least one character takes several octets. */
    static boolean isWide(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return isText(octets);
            }
        }
        return false;
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
