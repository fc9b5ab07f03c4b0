// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.message.MtId;

/**
 * {@code sms-process.intake} and {@code sms-process.part-size}.
 *
 * @param partSize most messages of a delivery part
 * @param maxWaiting messages that wait for their transaction; more are refused
 * @param maxBatch most messages in one transaction
 * @param writers transactions at once
 * @param ownDeliveryFrom requests with as many messages get a delivery of their own; smaller ones share one
 * @param sharedDeliveryPeriod how long small requests share a delivery
 */
public record IntakeSettings(
        int partSize, int maxWaiting, int maxBatch, int writers, int ownDeliveryFrom, Duration sharedDeliveryPeriod) {

    public IntakeSettings {
        range("part-size", partSize, 1, MtId.PART_CAPACITY);
        range("intake.max-waiting", maxWaiting, 1, 10_000_000);
        range("intake.max-batch", maxBatch, 1, 100_000);
        range("intake.writers", writers, 1, 16);
        range("intake.own-delivery-from", ownDeliveryFrom, 1, 1_000_000);
        range("intake.shared-delivery-period", sharedDeliveryPeriod.toSeconds(), 1, 86_400);
    }

    /** @param root the whole configuration, resolved */
    public static IntakeSettings from(Config root) {
        Config process = root.getConfig("sms-process");
        return new IntakeSettings(
                process.getInt("part-size"),
                process.getInt("intake.max-waiting"),
                process.getInt("intake.max-batch"),
                process.getInt("intake.writers"),
                process.getInt("intake.own-delivery-from"),
                process.getDuration("intake.shared-delivery-period"));
    }

    static void range(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "sms-process." + key + " = " + value + " is out of range (" + min + " to " + max + ")");
        }
    }
}
