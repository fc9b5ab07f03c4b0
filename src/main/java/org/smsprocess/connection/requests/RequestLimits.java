// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.requests;

import com.typesafe.config.Config;
import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * {@code sms-process.requests}: how a node goes about CANCEL_SM and QUERY_SM. See reference.conf.
 *
 * @param period how often the database is asked for what is due
 * @param maxOpen requests without answer, on this node
 * @param maxParts parts that are held to be asked for
 * @param lease after which another node takes what this one took and did not finish
 * @param cancelTries CANCEL_SM for one message that may stay without answer
 */
public record RequestLimits(Duration period, int maxOpen, int maxParts, Duration lease, int cancelTries) {
    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static RequestLimits from(Config root) {
        return Section.read(
                root,
                "sms-process.requests",
                section -> new RequestLimits(
                        section.duration("period", Duration.ofMillis(10), Duration.ofMinutes(10)),
                        section.integer("max-open", 1, 100_000),
                        section.integer("max-parts", 1, 10_000),
                        section.duration("lease", Duration.ofSeconds(1), Duration.ofHours(24)),
                        section.integer("cancel-tries", 1, 1000)));
    }
}
