// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.message.MtId;
import org.smsprocess.settings.Section;

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

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static IntakeSettings from(Config root) {
        return Section.read(root, "sms-process", IntakeSettings::of);
    }

    public static IntakeSettings of(Section process) {
        Section intake = process.section("intake");
        return new IntakeSettings(
                process.integer("part-size", 1, MtId.PART_CAPACITY),
                intake.integer("max-waiting", 1, 10_000_000),
                intake.integer("max-batch", 1, 100_000),
                intake.integer("writers", 1, 16),
                intake.integer("own-delivery-from", 1, 1_000_000),
                intake.duration("shared-delivery-period", Duration.ofSeconds(1), Duration.ofHours(24)));
    }
}
