// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import org.smsprocess.settings.Section;
import org.smsprocess.settings.SettingsProblem;

/**
 * What holds for the whole process, {@code sms-process { … }}; each part of the process reads its own section besides.
 *
 * @param sendingThreads connections of an account = sendingThreads × child-connections
 * @param configRefresh how often the accounts are read again
 * @param batchUpdateSize largest microbatch of status updates; 1 turns microbatching off
 * @param partRetryCount attempts for a part before its unsent messages fail
 * @param partRetryDelay smallest delay before a part is tried again
 * @param maxWaitingMessages messages held in memory at once
 * @param pollPeriod longest wait before new work is seen
 * @param prepareThreads threads that expand templates, encode and split
 * @param updateThreads database writers for final statuses
 * @param srReconcilePeriod after which a final status that the log has not confirmed is given to it again
 * @param verifyMode everything but the SUBMIT_SM
 * @param logPerMessage log each step of each message
 * @param startTimeout longest wait for the states of accounts at the start
 * @param restart of a part of the node that failed
 * @param journalRestart of what writes to the journal
 */
public record ProcessSettings(
        int sendingThreads,
        int batchUpdateSize,
        Duration configRefresh,
        int partRetryCount,
        Duration partRetryDelay,
        int maxWaitingMessages,
        Duration pollPeriod,
        int prepareThreads,
        int updateThreads,
        Duration srReconcilePeriod,
        boolean verifyMode,
        boolean logPerMessage,
        boolean logStatistics,
        Duration logStatisticsPeriod,
        Duration startTimeout,
        RestartPause restart,
        RestartPause journalRestart) {
    static final String PATH = "sms-process";

    /**
     * @param root the whole, resolved configuration
     * @param problems what is wrong goes here, and the result must not be used if something does
     */
    static ProcessSettings read(Config root, List<SettingsProblem> problems) {
        return of(Section.of(PATH, root.getConfig(PATH), problems));
    }

    /** The same of the section {@code sms-process}. */
    public static ProcessSettings of(Section section) {
        Duration shortest = Duration.ofMillis(10);
        Duration hour = Duration.ofHours(1);
        return new ProcessSettings(
                section.integer("sending-threads", 1, 256),
                section.integer("batch-update-size", 1, 100_000),
                section.duration("config-refresh", Duration.ofMillis(100), hour),
                section.integer("part-retry-count", 1, 10_000),
                section.duration("part-retry-delay", Duration.ZERO, Duration.ofHours(24)),
                section.integer("max-waiting-messages", 1, 10_000_000),
                section.duration("poll-period", shortest, hour),
                section.integer("prepare-threads", 1, 256),
                section.integer("update-threads", 1, 64),
                section.duration("sr-reconcile-period", Duration.ofMillis(100), hour),
                section.flag("verify-mode"),
                section.flag("log-per-message"),
                section.flag("log-statistics"),
                section.duration("log-statistics-period", Duration.ofSeconds(1), Duration.ofHours(24)),
                section.duration("start-timeout", Duration.ofSeconds(1), hour),
                RestartPause.read(section.section("restart")),
                RestartPause.read(section.section("journal-restart")));
    }
}
