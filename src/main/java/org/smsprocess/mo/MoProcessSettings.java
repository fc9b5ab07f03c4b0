// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.account.ProcessSettings;
import org.smsprocess.account.RestartPause;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.mo.webhooks.WebhookSettings;
import org.smsprocess.settings.Section;

/**
 * {@code sms-process.mo}: what all accounts have in common. See reference.conf.
 *
 * @param buckets handlers of an account
 * @param dedupWindow how long the same MO is the same one; 0: never
 * @param rememberedParts of late, in each handler
 * @param openGroups concatenated MO that wait for parts, in each handler
 * @param snapshotEvery events
 * @param batchSize MO in one transaction
 * @param wakePeriod how often handlers without traffic are looked after
 * @param inboxRetention 0: for ever
 * @param cleanPeriod between two rounds of deletion
 * @param storeRetry after which MO that could not be stored are stored again
 * @param restart of a handler that failed
 */
public record MoProcessSettings(
        int buckets,
        Duration dedupWindow,
        int rememberedParts,
        int openGroups,
        int snapshotEvery,
        int batchSize,
        Duration wakePeriod,
        Duration inboxRetention,
        Duration cleanPeriod,
        Duration storeRetry,
        RestartPause restart) {

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem, also those of webhooks
     */
    public static MoProcessSettings from(Config root) {
        return Section.read(root, "sms-process", process -> {
            Section mo = process.section("mo");
            WebhookSettings.read(mo.section("webhook"));
            Duration day = Duration.ofHours(24);
            return new MoProcessSettings(
                    mo.integer("buckets", 1, 1024),
                    mo.duration("dedup-window", Duration.ZERO, day),
                    mo.integer("remembered-parts", 0, 1_000_000),
                    mo.integer("open-groups", 1, 1_000_000),
                    mo.integer("snapshot-every", 10, 100_000),
                    mo.integer("batch-size", 1, 10_000),
                    mo.duration("wake-period", Duration.ofSeconds(1), Duration.ofHours(1)),
                    mo.duration("inbox-retention", Duration.ZERO, Duration.ofDays(24_855)),
                    mo.duration("clean-period", Duration.ofSeconds(1), day),
                    mo.duration("store-retry", Duration.ofMillis(10), Duration.ofHours(1)),
                    ProcessSettings.of(process).journalRestart());
        });
    }

    Reassembly.Bounds bounds() {
        return new Reassembly.Bounds(openGroups, rememberedParts, dedupWindow.toMillis());
    }
}
