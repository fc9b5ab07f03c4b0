// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import org.jspecify.annotations.Nullable;
import org.smsprocess.settings.Section;

/**
 * What happens to messages for certain numbers: {@code { destination-suffix = "99", submit-status = 11 }} or
 * {@code { destination-prefix = "417", final-state = UNDELIV, err = "001" }}.
 *
 * @param submitStatus command_status of the refusal, 0: accepted
 * @param finalState null: the usual mix
 */
public record NumberRule(
        String prefix,
        String suffix,
        int submitStatus,
        @Nullable FinalState finalState) {

    static NumberRule from(Section section) {
        String prefix = section.isSet("destination-prefix") ? section.filledText("destination-prefix", 20) : "";
        String suffix = section.isSet("destination-suffix") ? section.filledText("destination-suffix", 20) : "";
        int status = section.isSet("submit-status") ? section.hexOrDecimal("submit-status", 1, Integer.MAX_VALUE) : 0;
        String err = section.isSet("err") ? section.text("err", 8) : "000";
        FinalState state = section.isSet("final-state")
                ? FinalState.of(section.choice("final-state", MessageState.class), err)
                : null;
        if ((status == 0) == (state == null)) {
            section.note("submit-status", "or final-state must be given, not both");
        }
        section.noOtherKeys();
        return new NumberRule(prefix, suffix, status, state);
    }

    /** @param octets holds the destination digits, without "+", at {@code at} */
    public boolean matches(byte[] octets, int at, int length) {
        return holds(octets, at, length, prefix, 0) && holds(octets, at, length, suffix, length - suffix.length());
    }

    private static boolean holds(byte[] octets, int at, int length, String word, int from) {
        if (from < 0 || word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (octets[at + from + i] != (byte) word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
