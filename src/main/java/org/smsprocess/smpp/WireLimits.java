// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
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
                inRange(smpp, "unbind-timeout", Duration.ofMillis(10), Duration.ofMinutes(10)),
                inRange(smpp, "lease-check-period", Duration.ofMillis(1), Duration.ofSeconds(10)));
    }

    private static Duration inRange(Config smpp, String key, Duration least, Duration most) {
        Duration value = smpp.getDuration(key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outOfRange(smpp, key, least.toMillis() + " ms to " + most.toMillis() + " ms");
        }
        return value;
    }

    private static int inRange(Config smpp, String key, long value, int least, int most) {
        if (value < least || value > most) {
            throw outOfRange(smpp, key, least + " to " + most);
        }
        return (int) value;
    }

    private static IllegalArgumentException outOfRange(Config smpp, String key, String range) {
        ConfigValue value = smpp.getValue(key);
        return new IllegalArgumentException("sms-process.smpp." + key + " = " + value.unwrapped() + " is out of range ("
                + range + "), " + value.origin().description());
    }
}
