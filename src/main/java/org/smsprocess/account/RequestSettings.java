// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * What an account may ask its SMSC about messages that were sent.
 *
 * @param cancelSm a sent message can be cancelled by CANCEL_SM
 * @param querySm messages without final SR are asked for by QUERY_SM
 * @param queryAfter from the end of a delivery part to the first QUERY_SM for its open messages
 * @param queryAgainAfter to the next ones
 * @param queryTries rounds of QUERY_SM for one part
 * @param queryRate QUERY_SM a second, on each node
 */
public record RequestSettings(
        boolean cancelSm,
        boolean querySm,
        Duration queryAfter,
        Duration queryAgainAfter,
        int queryTries,
        double queryRate) {

    /** @param account the whole account */
    static RequestSettings from(Section account) {
        Section query = account.section("query-sm");
        Duration second = Duration.ofSeconds(1);
        Duration month = Duration.ofDays(30);
        return new RequestSettings(
                account.flag("cancel-sm"),
                query.flag("enabled"),
                query.duration("after", second, month),
                query.duration("again-after", second, month),
                query.integer("tries", 1, 1000),
                query.decimal("max-rate", 0.01, 1000));
    }
}
