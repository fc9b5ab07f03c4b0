// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code sms-process.mo.webhook}: pace and patience of the calls. See reference.conf.
 *
 * @param concurrency calls at once, for each account and node
 * @param timeout of a call
 * @param firstRetry doubled with each attempt, up to {@code maxRetry}
 * @param giveUpAfter since the MO was stored
 */
record WebhookSettings(
        int concurrency,
        Duration timeout,
        Duration firstRetry,
        Duration maxRetry,
        Duration giveUpAfter,
        Duration pollPeriod) {
    private static final String PATH = "sms-process.mo.webhook";

    WebhookSettings {
        check("concurrency", concurrency, 1, 100);
        check("timeout in ms", timeout.toMillis(), 100, 300_000);
        check("first-retry in ms", firstRetry.toMillis(), 100, 3_600_000);
        check("max-retry in ms", maxRetry.toMillis(), firstRetry.toMillis(), 86_400_000);
        check("give-up-after in seconds", giveUpAfter.toSeconds(), 60, 31_536_000);
        check("poll-period in ms", pollPeriod.toMillis(), 100, 3_600_000);
    }

    /** @param root the whole, resolved configuration */
    static WebhookSettings from(Config root) {
        Config webhook = root.getConfig(PATH);
        return new WebhookSettings(
                webhook.getInt("concurrency"),
                webhook.getDuration("timeout"),
                webhook.getDuration("first-retry"),
                webhook.getDuration("max-retry"),
                webhook.getDuration("give-up-after"),
                webhook.getDuration("poll-period"));
    }

    /** @param attempts made so far, 1 or more */
    Duration retryAfter(int attempts) {
        int doublings = Math.min(attempts - 1, 30);
        long millis = firstRetry.toMillis() << doublings;
        return millis < 0 || millis > maxRetry.toMillis() ? maxRetry : Duration.ofMillis(millis);
    }

    private static void check(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s.%s = %d is out of range (%d to %d)".formatted(PATH, key, value, min, max));
        }
    }
}
