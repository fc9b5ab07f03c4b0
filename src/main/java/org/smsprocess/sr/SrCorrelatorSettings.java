// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.account.ProcessSettings;
import org.smsprocess.account.RestartPause;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.Section;

/**
 * {@code sms-process.sr}: what the correlators of all accounts have in common. See reference.conf.
 *
 * @param buckets correlators of an account
 * @param batchEntries mappings and SR in one event
 * @param batchDelay smallest time between two events of a busy correlator
 * @param maxPending mappings and SR before a correlator that are not yet handed on
 * @param retention of a mapping without final SR
 * @param retentionLaterParts the same of parts after the first
 * @param rememberFinal final statuses, in each correlator
 * @param maxWaiting SR with an unknown id, in each correlator
 * @param rememberUnknown ids that were answered as unknown, in each correlator
 * @param maxUnlogged final statuses that the delivery log has not confirmed, in each correlator
 * @param logRetry after which they are sent again (sr-reconcile-period of the process)
 * @param confirmAfter idle time after which confirmations get an event of their own
 * @param checkPeriod of waiting SR and of the above
 * @param questionTimeout for another correlator that may know an id
 * @param restart of a correlator's part that failed
 * @param wakePeriod how often correlators without traffic are looked after
 */
public record SrCorrelatorSettings(
        int buckets,
        int batchEntries,
        Duration batchDelay,
        int maxPending,
        Duration retention,
        Duration retentionLaterParts,
        int rememberFinal,
        Duration rememberFinalFor,
        int maxWaiting,
        int rememberUnknown,
        int maxUnlogged,
        Duration logRetry,
        Duration confirmAfter,
        Duration checkPeriod,
        Duration wakePeriod,
        int snapshotEveryEntries,
        Duration questionTimeout,
        RestartPause restart) {

    /**
     * @param root the whole, resolved configuration
     * @throws InvalidSettings with every problem
     */
    public static SrCorrelatorSettings from(Config root) {
        return Section.read(root, "sms-process", process -> read(process.section("sr"), ProcessSettings.of(process)));
    }

    private static SrCorrelatorSettings read(Section section, ProcessSettings process) {
        Duration hour = Duration.ofHours(1);
        Duration month = Duration.ofDays(30);
        Duration tenth = Duration.ofMillis(100);
        SrCorrelatorSettings settings = new SrCorrelatorSettings(
                section.integer("buckets", 1, 256),
                section.integer("batch-entries", 1, 100_000),
                section.duration("batch-delay", Duration.ZERO, Duration.ofSeconds(1)),
                section.integer("max-pending", 100, 10_000_000),
                section.duration("retention", hour, month),
                section.duration("retention-later-parts", hour, month),
                section.integer("remember-final", 0, 10_000_000),
                section.duration("remember-final-for", Duration.ZERO, month),
                section.integer("max-waiting", 0, 1_000_000),
                section.integer("remember-unknown", 0, 1_000_000),
                section.integer("max-unlogged", 1, 10_000_000),
                process.srReconcilePeriod(),
                section.duration("confirm-after", tenth, hour),
                section.duration("check-period", Duration.ofMillis(10), Duration.ofMinutes(1)),
                section.duration("wake-period", Duration.ofSeconds(1), Duration.ofDays(1)),
                section.integer("snapshot-every-entries", 100, 100_000_000),
                section.duration("question-timeout", tenth, Duration.ofMinutes(1)),
                process.journalRestart());
        section.noOtherKeys();
        return settings;
    }

    SrEvent.Expired expired() {
        return new SrEvent.Expired(epochs(retention), epochs(retentionLaterParts));
    }

    private static int epochs(Duration duration) {
        return (int) ((duration.toMillis() + Packed.EPOCH_MILLIS - 1) / Packed.EPOCH_MILLIS);
    }
}
