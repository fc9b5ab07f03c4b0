// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Limits of the wire that hold for every link; section {@code sms-process.smpp} of the configuration.
 *
 * @param ioThreads event loops, 0 for one per processor
 * @param readBuffer octets read at once, at most
 * @param writeBurst octets put into one socket write
 * @param writeHighWater octets on their way to the socket above which no more SUBMIT_SM are written
 * @param maxUnwritten octets on their way to the socket above which the link is closed: the SMSC asks and does not read
 * @param maxLateAnswers SUBMIT_SM that timed out and are remembered for a late answer, per link
 * @param unbindTimeout UNBIND to UNBIND_RESP
 * @param leaseCheckPeriod while the lease has run out: how often it is looked at again
 */
public record WireLimits(
        int ioThreads,
        int readBuffer,
        int writeBurst,
        int writeHighWater,
        int maxUnwritten,
        int maxLateAnswers,
        Duration unbindTimeout,
        Duration leaseCheckPeriod) {

    /** @throws IllegalArgumentException naming the key whose value is out of range */
    public static WireLimits from(Config config) {
        Config smpp = config.getConfig("sms-process.smpp");
        return new WireLimits(
                inRange(smpp, "io-threads", smpp.getInt("io-threads"), 0, 1024),
                inRange(smpp, "read-buffer", smpp.getBytes("read-buffer"), 2048, 16 << 20),
                inRange(smpp, "write-burst", smpp.getBytes("write-burst"), 1024, 16 << 20),
                inRange(smpp, "write-high-water", smpp.getBytes("write-high-water"), 1024, 1 << 30),
                inRange(smpp, "max-unwritten", smpp.getBytes("max-unwritten"), 1 << 16, 1 << 30),
                inRange(smpp, "max-late-answers", smpp.getInt("max-late-answers"), 0, 10_000_000),
                smpp.getDuration("unbind-timeout"),
                smpp.getDuration("lease-check-period"));
    }

    private static int inRange(Config smpp, String key, long value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("sms-process.smpp." + key + " = " + value + " is out of range (" + least
                    + " to " + most + "), " + smpp.getValue(key).origin().description());
        }
        return (int) value;
    }
}
