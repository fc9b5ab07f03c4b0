// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.log;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.account.ProcessSettings;
import org.smsprocess.settings.Section;

/**
 * {@code sms-process.delivery-log}, {@code batch-update-size} and {@code update-threads}.
 *
 * @param batchUpdateSize most statuses in one transaction
 * @param updateThreads transactions at once
 * @param pause longest, between two transactions that write few
 * @param maxWaiting statuses held while the database is slow or away; more are not taken
 */
public record DeliveryLogSettings(
        int batchUpdateSize,
        int updateThreads,
        Duration pause,
        int maxWaiting,
        Duration retryDelay,
        Duration retryMaxDelay) {

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static DeliveryLogSettings from(Config root) {
        return Section.read(root, "sms-process", section -> {
            ProcessSettings process = ProcessSettings.of(section);
            Section log = section.section("delivery-log");
            Duration shortest = Duration.ofMillis(10);
            return new DeliveryLogSettings(
                    process.batchUpdateSize(),
                    process.updateThreads(),
                    log.duration("pause", Duration.ZERO, Duration.ofMinutes(1)),
                    log.integer("max-waiting", 1, 10_000_000),
                    log.duration("retry-delay", shortest, Duration.ofMinutes(1)),
                    log.duration("retry-max-delay", shortest, Duration.ofMinutes(10)));
        });
    }
}
