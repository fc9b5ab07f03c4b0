// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * When it is told that too few SR come.
 *
 * @param minShare of the messages that must have got a final SR, 0 to 1; 0: it is never told
 * @param maturity what a message has for its SR
 * @param period those that became due within it are judged together
 * @param minMessages with fewer it is not told
 */
public record RatioAlarm(double minShare, Duration maturity, Duration period, int minMessages) {
    static RatioAlarm from(Section section) {
        Duration day = Duration.ofDays(1);
        return new RatioAlarm(
                section.decimal("min-share", 0, 1),
                section.duration("maturity", Duration.ofMillis(100), day),
                section.duration("period", Duration.ofSeconds(1), day.multipliedBy(7)),
                section.integer("min-messages", 1, 1_000));
    }

    public boolean isOn() {
        return minShare > 0;
    }
}
