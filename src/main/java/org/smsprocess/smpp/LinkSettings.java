// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * All that a bind needs.
 *
 * @param name for logs and traces, e.g. {@code acme/0/1}
 * @param window SUBMIT_SM without answer, at least 1
 * @param ratePerSecond SUBMIT_SM a second, 0 for no limit
 * @param bindTimeout TCP connect to BIND_RESP
 * @param answerTimeout SUBMIT_SM to SUBMIT_SM_RESP (mt-expiration)
 * @param enquireLinkPeriod sent only when nothing was received for this long; a peer silent for twice as long is dropped
 * @param maxPduSize octets; a longer command_length ends the session
 * @param maxUnanswered DELIVER_SM waiting for {@link SmppLink#answer}; at the limit the link stops reading until some are
 *     answered
 * @param writableUntilNanos {@code System.nanoTime} until which requests may be written (the slot's lease); asked before each
 *     write
 * @param tls null for plain TCP
 * @param verifyHostname only with tls
 */
public record LinkSettings(
        String name,
        String host,
        int port,
        BindMode mode,
        String systemId,
        String password,
        String systemType,
        SmppAddress addressRange,
        int window,
        double ratePerSecond,
        Duration bindTimeout,
        Duration answerTimeout,
        Duration enquireLinkPeriod,
        int maxPduSize,
        int maxUnanswered,
        LongSupplier writableUntilNanos,
        @Nullable SSLContext tls,
        boolean verifyHostname,
        boolean verboseTraces,
        boolean verboseText) {

    @Override
    public String toString() {
        return "LinkSettings[" + name + " " + mode + " " + systemId + "@" + host + ":" + port
                + "]"; // never the password
    }
}
