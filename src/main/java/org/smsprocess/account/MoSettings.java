// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.time.Duration;
import java.util.List;

/**
 * What happens to messages that people write.
 *
 * @param store MO go to the inbox
 * @param reassemblyTimeout after it the parts there are stored as incomplete
 * @param replies first match wins
 */
public record MoSettings(boolean store, Duration reassemblyTimeout, List<ReplyRule> replies) {

    /**
     * One line of {@code mo.reply}.
     *
     * @param keyword prefix of the first alphanumeric word, case-insensitive; empty: any
     * @param shortCode destination the MO was written to; empty: any
     * @param reply text of the answer; empty: action only
     */
    public record ReplyRule(String keyword, String shortCode, String reply, Action action) {}

    /** What a reply rule does to the sender's number. */
    public enum Action {
        NONE,
        QUARANTINE,
        UNQUARANTINE
    }
}
