// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code sms-process.delivery-log}, {@code batch-update-size} and {@code update-threads}.
 *
 * @param batchUpdateSize most statuses in one transaction
 * @param updateThreads transactions at once
 * @param maxWaiting statuses held while the database is slow or away; more are not taken
 */
public record DeliveryLogSettings(
        int batchUpdateSize, int updateThreads, int maxWaiting, Duration retryDelay, Duration retryMaxDelay) {

    public DeliveryLogSettings {
        IntakeSettings.range("batch-update-size", batchUpdateSize, 1, 100_000);
        IntakeSettings.range("update-threads", updateThreads, 1, 64);
        IntakeSettings.range("delivery-log.max-waiting", maxWaiting, 1, 10_000_000);
        IntakeSettings.range("delivery-log.retry-delay (ms)", retryDelay.toMillis(), 10, 60_000);
        IntakeSettings.range("delivery-log.retry-max-delay (ms)", retryMaxDelay.toMillis(), 10, 600_000);
    }

    /** @param root the whole configuration, resolved */
    public static DeliveryLogSettings from(Config root) {
        Config process = root.getConfig("sms-process");
        return new DeliveryLogSettings(
                process.getInt("batch-update-size"),
                process.getInt("update-threads"),
                process.getInt("delivery-log.max-waiting"),
                process.getDuration("delivery-log.retry-delay"),
                process.getDuration("delivery-log.retry-max-delay"));
    }
}
