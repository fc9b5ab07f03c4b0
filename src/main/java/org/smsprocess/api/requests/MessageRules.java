// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import org.jspecify.annotations.Nullable;

/** What a message must be like to be accepted at all. Each rule says what is wrong, or null. */
public final class MessageRules {
    static final int MIN_DIGITS = 3;
    static final int MAX_DIGITS = 20;
    /** SMPP 3.4 §5.2.8: source_addr holds 21 octets with its end mark; SETTINGS allow the 21 themselves. */
    static final int MAX_SENDER = 21;
    /** With longSender: what the longest address field of SMPP 3.4 (submit_multi aside) holds. */
    static final int MAX_LONG_SENDER = 65;
    /** 3GPP TS 23.040 §9.1.2.5: an alphanumeric address holds 11 characters. */
    static final int MAX_ALPHANUMERIC_SENDER = 11;
    /** 255 SMS of 153 GSM characters: no encoding takes more. */
    static final int MAX_TEXT = 255 * 153;

    static final int MAX_REFERENCE = 255;

    private MessageRules() {}

    /** A number: digits, with one + before them or not. */
    static @Nullable String recipient(@Nullable String to) {
        if (to == null || to.isEmpty()) {
            return "is missing";
        }
        int first = to.charAt(0) == '+' ? 1 : 0;
        for (int i = first; i < to.length(); i++) {
            if (to.charAt(i) < '0' || to.charAt(i) > '9') {
                return "must be a number of digits, with or without a leading +; found " + named(to.codePointAt(i));
            }
        }
        int digits = to.length() - first;
        return digits < MIN_DIGITS || digits > MAX_DIGITS
                ? "has " + digits + " digits; " + MIN_DIGITS + " to " + MAX_DIGITS + " are allowed"
                : null;
    }

    /** A number of at most 21 octets, or a name of at most 11. */
    static @Nullable String sender(String sender) {
        if (sender.isEmpty()) {
            return "is empty; leave it out to use the account's";
        }
        if (sender.length() > MAX_SENDER) {
            return "has " + sender.length() + " octets; at most " + MAX_SENDER + " fit into source_addr";
        }
        boolean isNumber = true;
        for (int i = 0; i < sender.length(); i++) {
            char c = sender.charAt(i);
            if (c < 0x20 || c > 0x7E) {
                return "may hold ASCII characters only; found " + named(sender.codePointAt(i));
            }
            isNumber &= c >= '0' && c <= '9' || c == '+' && i == 0 && sender.length() > 1;
        }
        return !isNumber && sender.length() > MAX_ALPHANUMERIC_SENDER
                ? "has " + sender.length() + " characters; a sender that is no number has at most "
                        + MAX_ALPHANUMERIC_SENDER
                : null;
    }

    /** What an SMSC takes that goes beyond the specification: any ASCII characters, at most 65. */
    static @Nullable String longSender(String sender) {
        if (sender.isEmpty()) {
            return "is empty; leave it out to use the account's";
        }
        if (sender.length() > MAX_LONG_SENDER) {
            return "has " + sender.length() + " octets; at most " + MAX_LONG_SENDER + " with longSender";
        }
        return sender.chars().allMatch(c -> c >= 0x20 && c <= 0x7E) ? null : "may hold ASCII characters only";
    }

    public static @Nullable String text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "is missing or empty";
        }
        return text.length() > MAX_TEXT
                ? "has " + text.length() + " characters; 255 SMS hold at most " + MAX_TEXT
                : storable(text);
    }

    public static @Nullable String reference(String reference) {
        return reference.length() > MAX_REFERENCE
                ? "has " + reference.length() + " characters; at most " + MAX_REFERENCE + " are kept"
                : storable(reference);
    }

    /** What neither PostgreSQL nor any SMS encoding can hold. */
    public static @Nullable String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds the character U+0000 at position " + (i + 1);
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return "holds half a character (a lone surrogate) at position " + (i + 1);
                }
            }
        }
        return null;
    }

    private static String named(int codePoint) {
        return codePoint < 0x20 || codePoint == 0x7F
                ? String.format("U+%04X", codePoint)
                : "'" + Character.toString(codePoint) + "'";
    }
}
