// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code sms-process.upkeep} and {@code sms-process.retention}.
 *
 * @param period between two runs
 * @param retention how long the delivery log is kept
 * @param partitionPeriod a new partition of the log is begun so often
 * @param partitionSize or when the present one has so many bytes
 * @param sharedDeliveryPeriod as in {@link IntakeSettings}
 */
public record UpkeepSettings(
        Duration period,
        Duration retention,
        Duration partitionPeriod,
        long partitionSize,
        Duration sharedDeliveryPeriod) {

    public UpkeepSettings {
        IntakeSettings.range("upkeep.period (ms)", period.toMillis(), 100, 3_600_000);
        IntakeSettings.range("retention (hours)", retention.toHours(), 1, 24L * 3660);
        IntakeSettings.range("upkeep.partition-period (minutes)", partitionPeriod.toMinutes(), 1, 60L * 24 * 366);
        IntakeSettings.range("upkeep.partition-size", partitionSize, 1 << 20, 1L << 50);
    }

    /** @param root the whole configuration, resolved */
    public static UpkeepSettings from(Config root) {
        Config process = root.getConfig("sms-process");
        return new UpkeepSettings(
                process.getDuration("upkeep.period"),
                process.getDuration("retention"),
                process.getDuration("upkeep.partition-period"),
                process.getBytes("upkeep.partition-size"),
                process.getDuration("intake.shared-delivery-period"));
    }
}
