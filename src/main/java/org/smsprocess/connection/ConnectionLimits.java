// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.delivery.RecordRules;

/**
 * Limits and periods of connections, from {@code sms-process} and {@code sms-process.connection}; reference.conf explains each.
 *
 * @param batchUpdateSize largest microbatch of outcomes; 1 turns microbatching off
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
        Duration drainTimeout,
        Duration persistTimeout,
        Duration recordRetryDelay,
        Duration inboundAnswerTimeout,
        Duration slotCheckPeriod,
        Duration leaseTtl,
        Duration leaseRenewPeriod,
        Duration leaseMargin,
        Duration throttleRecovery) {

    public ConnectionLimits {
        require("batch-update-size", batchUpdateSize, 1, 100_000);
        require("part-retry-count", partRetryCount, 1, 10_000);
        require("connection.max-pdu-size", maxPduSize, 1024, 16_777_216);
        require("connection.max-unanswered", maxUnanswered, 1, 1_000_000);
        require("connection.max-open-parts", maxOpenParts, 1, 10_000);
        if (leaseTtl.compareTo(leaseRenewPeriod.plus(leaseMargin)) <= 0) {
            throw new IllegalArgumentException("sms-process.connection.lease.ttl = " + leaseTtl
                    + " must be longer than renew-period + margin = " + leaseRenewPeriod.plus(leaseMargin));
        }
    }

    /** @param process the section {@code sms-process} */
    public static ConnectionLimits from(Config process) {
        Config connection = process.getConfig("connection");
        return new ConnectionLimits(
                process.getInt("batch-update-size"),
                process.getInt("part-retry-count"),
                process.getDuration("part-retry-delay"),
                process.getDuration("poll-period"),
                process.getBoolean("verify-mode"),
                process.getBoolean("log-per-message"),
                Math.toIntExact(connection.getBytes("max-pdu-size")),
                connection.getInt("max-unanswered"),
                connection.getInt("max-open-parts"),
                connection.getDuration("drain-timeout"),
                connection.getDuration("persist-timeout"),
                connection.getDuration("record-retry-delay"),
                connection.getDuration("inbound-answer-timeout"),
                connection.getDuration("slot-check-period"),
                connection.getDuration("lease.ttl"),
                connection.getDuration("lease.renew-period"),
                connection.getDuration("lease.margin"),
                connection.getDuration("throttle-recovery"));
    }

    RecordRules recordRules(org.smsprocess.account.AccountSettings account) {
        return new RecordRules(
                partRetryCount,
                partRetryDelay,
                account.throughput().inDoubt(),
                account.throughput().inDoubtWait());
    }

    private static void require(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "sms-process." + key + " = " + value + " is out of range (" + least + " to " + most + ")");
        }
    }
}
