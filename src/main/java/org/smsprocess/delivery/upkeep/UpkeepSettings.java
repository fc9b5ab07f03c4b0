// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.upkeep;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.settings.Section;

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

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static UpkeepSettings from(Config root) {
        return Section.read(root, "sms-process", process -> {
            Section upkeep = process.section("upkeep");
            Duration hour = Duration.ofHours(1);
            return new UpkeepSettings(
                    upkeep.duration("period", Duration.ofMillis(100), hour),
                    process.duration("retention", hour, Duration.ofDays(3660)),
                    upkeep.duration("partition-period", Duration.ofMinutes(1), Duration.ofDays(366)),
                    upkeep.octets("partition-size", 1 << 20, 1L << 50),
                    IntakeSettings.of(process).sharedDeliveryPeriod());
        });
    }
}
