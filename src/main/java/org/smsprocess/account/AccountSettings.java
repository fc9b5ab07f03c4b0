// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.time.Duration;

/**
 * One account, as {@code sms-process.accounts.<name>} sets it; every default is in reference.conf.
 *
 * @param name the key under {@code sms-process.accounts}
 * @param enabled a disabled account holds no SMPP connection
 * @param smscName provider's name; appears in every delivery-log error
 */
public record AccountSettings(
        String name,
        boolean enabled,
        String smscName,
        BindSettings bind,
        ChannelSettings channel,
        Throughput throughput,
        SrSettings sr,
        MoSettings mo) {

    /**
     * How much and how fast.
     *
     * @param window SUBMIT_SM in flight per connection
     * @param maxMtThroughput MT a second per connection, 0: unlimited
     * @param reconnectDelay first wait before reconnecting
     * @param reconnectBackoff factor of growth of that wait, 1.0 or more
     * @param mtExpiration SUBMIT_SM to SUBMIT_SM_RESP
     */
    public record Throughput(
            int window,
            double maxMtThroughput,
            Duration reconnectDelay,
            double reconnectBackoff,
            Duration reconnectMaxDelay,
            Duration mtExpiration,
            Duration bindTimeout,
            Duration enquireLinkPeriod,
            InDoubtPolicy inDoubt,
            Duration inDoubtWait) {}

    /** What happens to an MT whose answer was lost. */
    public enum InDoubtPolicy {
        /** At least once: sent again after in-doubt-wait, marked in the log. */
        RESEND,
        /** Kept for an operator. */
        HOLD,
        /** Failed. */
        FAIL
    }
}
