// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import org.jspecify.annotations.Nullable;
import org.smsprocess.account.ChannelSettings;
import org.smsprocess.smpp.SmppAddress;

/** The addresses of an account's MT as they go to the SMSC, in SUBMIT_SM and in what refers to it later. */
public record Addresses(ChannelSettings channel) {
    /** TON alphanumeric and NPI unknown (SMPP 3.4 §5.2.5, §5.2.6). */
    private static final int ALPHANUMERIC = 5;

    /** @param sender null: the account's source-number */
    public SmppAddress source(@Nullable String sender) {
        String number = sender == null ? channel.sourceNumber() : sender;
        return isAutomatic() && !isNumber(number)
                ? new SmppAddress(ALPHANUMERIC, 0, number)
                : new SmppAddress(channel.sourceTon(), channel.sourceNpi(), number);
    }

    public SmppAddress destination(String recipient) {
        return new SmppAddress(channel.destinationTon(), channel.destinationNpi(), number(recipient));
    }

    private boolean isAutomatic() {
        return switch (channel.autoSourceTon()) {
            case ALWAYS -> true;
            case WHERE_UNSET -> channel.sourceTon() == 0 && channel.sourceNpi() == 0;
            case NEVER -> false;
        };
    }

    private String number(String recipient) {
        if (channel.sendFullNumber()) {
            return recipient;
        }
        int plus = recipient.startsWith("+") ? 1 : 0; // the usual form needs no copy by character
        return isDigits(recipient, plus) ? recipient.substring(plus) : digitsOf(recipient);
    }

    /** Digits, with or without a plus; the empty address is the SMSC's own default, whatever that is. */
    private static boolean isNumber(String sender) {
        return isDigits(sender, sender.startsWith("+") ? 1 : 0);
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String digitsOf(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.chars().filter(character -> isDigit((char) character)).forEach(digits::appendCodePoint);
        return digits.toString();
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
