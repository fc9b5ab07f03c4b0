// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.webhooks;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * {@code sms-process.mo.webhook}: pace and patience of the calls. See reference.conf.
 *
 * @param concurrency calls at once, for each account and node
 * @param timeout of a call
 * @param claimMargin beyond twice the timeout, after which a call that a node has begun is begun by another
 * @param firstRetry doubled with each attempt, up to {@code maxRetry}
 * @param giveUpAfter since the MO was stored
 */
public record WebhookSettings(
        int concurrency,
        Duration timeout,
        Duration firstRetry,
        Duration maxRetry,
        Duration giveUpAfter,
        Duration pollPeriod,
        Duration claimMargin) {
    private static final String PATH = "sms-process.mo.webhook";

    /** @param root the whole, resolved configuration */
    public static WebhookSettings from(Config root) {
        return Section.read(root, PATH, WebhookSettings::read);
    }

    public static WebhookSettings read(Section webhook) {
        Duration shortest = Duration.ofMillis(100);
        Duration hour = Duration.ofHours(1);
        Duration firstRetry = webhook.duration("first-retry", shortest, hour);
        return new WebhookSettings(
                webhook.integer("concurrency", 1, 100),
                webhook.duration("timeout", shortest, Duration.ofMinutes(5)),
                firstRetry,
                webhook.duration("max-retry", firstRetry, Duration.ofHours(24)),
                webhook.duration("give-up-after", Duration.ofMinutes(1), Duration.ofDays(365)),
                webhook.duration("poll-period", shortest, hour),
                webhook.duration("claim-margin", Duration.ZERO, hour));
    }

    /** @param attempts made so far, 1 or more */
    Duration retryAfter(int attempts) {
        int doublings = Math.min(attempts - 1, 30);
        long millis = firstRetry.toMillis() << doublings;
        return millis < 0 || millis > maxRetry.toMillis() ? maxRetry : Duration.ofMillis(millis);
    }
}
