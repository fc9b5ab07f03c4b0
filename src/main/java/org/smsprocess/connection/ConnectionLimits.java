// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.ProcessSettings;
import org.smsprocess.account.RestartPause;
import org.smsprocess.delivery.WritePace;
import org.smsprocess.delivery.queue.RecordRules;
import org.smsprocess.settings.Section;

/**
 * Limits and periods of connections, from {@code sms-process} and {@code sms-process.connection}; reference.conf explains each.
 *
 * @param batchUpdateSize largest microbatch of outcomes; 1 turns microbatching off
 * @param messagesAhead claimed beyond two windows
 * @param restart of a slot that failed
 */
public record ConnectionLimits(
        int batchUpdateSize,
        int partRetryCount,
        Duration partRetryDelay,
        Duration pollPeriod,
        boolean verifyMode,
        boolean logPerMessage,
        int maxPduSize,
        int maxUnanswered,
        int maxOpenParts,
        int messagesAhead,
        int concatDestinations,
        Duration drainTimeout,
        Duration persistTimeout,
        Duration recordPause,
        Duration recordRetryDelay,
        Duration inboundAnswerTimeout,
        Duration slotCheckPeriod,
        Duration leaseTtl,
        Duration leaseRenewPeriod,
        Duration leaseMargin,
        Duration throttleRecovery,
        RestartPause restart) {

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static ConnectionLimits from(Config root) {
        return Section.read(
                root, "sms-process", process -> read(ProcessSettings.of(process), process.section("connection")));
    }

    private static ConnectionLimits read(ProcessSettings process, Section connection) {
        Duration shortest = Duration.ofMillis(10);
        Duration hour = Duration.ofHours(1);
        Section lease = connection.section("lease");
        Duration renewPeriod = lease.duration("renew-period", shortest, Duration.ofMinutes(10));
        Duration margin = lease.duration("margin", Duration.ZERO, Duration.ofMinutes(10));
        return new ConnectionLimits(
                process.batchUpdateSize(),
                process.partRetryCount(),
                process.partRetryDelay(),
                process.pollPeriod(),
                process.verifyMode(),
                process.logPerMessage(),
                (int) connection.octets("max-pdu-size", 1024, 16_777_216),
                connection.integer("max-unanswered", 1, 1_000_000),
                connection.integer("max-open-parts", 1, 10_000),
                connection.integer("messages-ahead", 0, 1_000_000),
                connection.integer("concat-destinations", 8, 16_777_216),
                connection.duration("drain-timeout", shortest, hour),
                connection.duration("persist-timeout", shortest, hour),
                connection.duration("record-pause", Duration.ZERO, Duration.ofMinutes(1)),
                connection.duration("record-retry-delay", shortest, hour),
                connection.duration("inbound-answer-timeout", shortest, hour),
                connection.duration("slot-check-period", shortest, hour),
                lease.duration("ttl", renewPeriod.plus(margin).plusMillis(1), hour),
                renewPeriod,
                margin,
                connection.duration("throttle-recovery", shortest, hour),
                process.restart());
    }

    WritePace recordPace(LongSupplier nanoTime) {
        return new WritePace(batchUpdateSize, recordPause, nanoTime);
    }

    RecordRules recordRules(AccountSettings account) {
        return new RecordRules(
                partRetryCount,
                partRetryDelay,
                account.throughput().inDoubt(),
                account.throughput().inDoubtWait(),
                account.requests().querySm() ? account.requests().queryAfter() : null);
    }
}
