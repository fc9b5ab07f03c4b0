// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import com.typesafe.config.Config;
import java.time.Duration;

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
        Duration cleanPeriod) {
    private static final String PATH = "sms-process.mo";

    public MoProcessSettings {
        check("buckets", buckets, 1, 1024);
        check("remembered-parts", rememberedParts, 0, 1_000_000);
        check("open-groups", openGroups, 1, 1_000_000);
        check("snapshot-every", snapshotEvery, 10, 100_000);
        check("batch-size", batchSize, 1, 10_000);
        check("dedup-window in seconds", dedupWindow.toSeconds(), 0, 86_400);
        check("wake-period in seconds", wakePeriod.toSeconds(), 1, 3600);
        check("inbox-retention in seconds", inboxRetention.toSeconds(), 0, Integer.MAX_VALUE);
        check("clean-period in seconds", cleanPeriod.toSeconds(), 1, 86_400);
    }

    /** @param root the whole, resolved configuration */
    public static MoProcessSettings from(Config root) {
        Config mo = root.getConfig(PATH);
        return new MoProcessSettings(
                mo.getInt("buckets"),
                mo.getDuration("dedup-window"),
                mo.getInt("remembered-parts"),
                mo.getInt("open-groups"),
                mo.getInt("snapshot-every"),
                mo.getInt("batch-size"),
                mo.getDuration("wake-period"),
                mo.getDuration("inbox-retention"),
                mo.getDuration("clean-period"));
    }

    Reassembly.Bounds bounds() {
        return new Reassembly.Bounds(openGroups, rememberedParts, dedupWindow.toMillis());
    }

    private static void check(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s.%s = %d is out of range (%d to %d)".formatted(PATH, key, value, min, max));
        }
    }
}
