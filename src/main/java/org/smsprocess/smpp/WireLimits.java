// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * Limits of the wire that hold for every link; section {@code sms-process.smpp} of the configuration.
 *
 * @param ioThreads event loops, 0 for one per processor
 * @param readBuffer octets read at once, at most
 * @param writeBurst octets put into one socket write
 * @param writeHighWater octets on their way to the socket above which no more SUBMIT_SM are written
 * @param maxUnwritten octets on their way to the socket above which the link is closed: the SMSC asks and does not read
 * @param maxLateAnswers SUBMIT_SM that timed out and are remembered for a late answer, per link
 * @param maxOpenRequests CANCEL_SM and QUERY_SM without answer, per link
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
        int maxOpenRequests,
        Duration unbindTimeout,
        Duration leaseCheckPeriod) {

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static WireLimits from(Config root) {
        return Section.read(root, "sms-process.smpp", WireLimits::read);
    }

    private static WireLimits read(Section smpp) {
        long burst = smpp.octets("write-burst", 1024, 16 << 20);
        long highWater = smpp.octets("write-high-water", 1024, 1 << 30);
        // less, and our own SUBMIT_SM on the way to a slow SMSC would count as answers that it does not read
        long leastUnwritten = Math.min(1 << 30, Math.max(1 << 16, highWater + burst));
        return new WireLimits(
                smpp.integer("io-threads", 0, 1024),
                (int) smpp.octets("read-buffer", 2048, 16 << 20),
                (int) burst,
                (int) highWater,
                (int) smpp.octets("max-unwritten", leastUnwritten, 1 << 30),
                smpp.integer("max-late-answers", 0, 10_000_000),
                smpp.integer("max-open-requests", 1, 100_000),
                smpp.duration("unbind-timeout", Duration.ofMillis(10), Duration.ofMinutes(10)),
                smpp.duration("lease-check-period", Duration.ofMillis(1), Duration.ofSeconds(10)));
    }
}
