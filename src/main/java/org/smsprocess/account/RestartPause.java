// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.time.Duration;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.smsprocess.settings.Section;

/**
 * How long what failed waits before it is started again: {@code sms-process.restart} and {@code sms-process.journal-restart}.
 *
 * @param min before the first start; doubled with each failure that follows
 * @param max longest wait
 */
public record RestartPause(Duration min, Duration max) {
    /** So that what failed together does not come back together. */
    private static final double JITTER = 0.2;

    static RestartPause read(Section section) {
        Duration min = section.duration("min-backoff", Duration.ofMillis(10), Duration.ofMinutes(1));
        return new RestartPause(min, section.duration("max-backoff", min, Duration.ofHours(1)));
    }

    /** For the actor that failed. */
    public BackoffSupervisorStrategy strategy() {
        return SupervisorStrategy.restartWithBackoff(min, max, JITTER);
    }

    /** @return what follows after a wait of {@code pause} */
    public Duration after(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(max) > 0 ? max : doubled;
    }
}
