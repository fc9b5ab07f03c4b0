// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.BindSettings;
import org.smsprocess.account.tls.UnusableTlsFile;
import org.smsprocess.smpp.BindFailure;
import org.smsprocess.smpp.BindMode;
import org.smsprocess.smpp.LinkSettings;

/**
 * How the links of one slot are bound.
 *
 * @param name for logs and traces
 * @param writableUntilNanos of the slot's lease
 */
record LinkPlan(AccountSettings account, String name, LongSupplier writableUntilNanos, ConnectionLimits limits) {

    boolean isPair() {
        return account.bind().mode() == BindSettings.Mode.TRANSMITTER_RECEIVER;
    }

    /** Reads the files of certificates: may block. Throws what makes a bind fail. */
    @Nullable
    SSLContext tls() {
        if (!account.bind().tls().enabled()) {
            return null;
        }
        try {
            return account.bind().tls().context(Clock.systemUTC());
        } catch (UnusableTlsFile unusable) {
            String message = "tls." + unusable.key() + " " + unusable.getMessage();
            throw new CompletionException(new BindFailure(BindFailure.Kind.TLS, 0, message, unusable));
        }
    }

    /** The link that sends; in a transceiver it receives too. */
    LinkSettings sending(@Nullable SSLContext tls) {
        BindSettings bind = account.bind();
        BindSettings.Receiver same = new BindSettings.Receiver(
                bind.host(), bind.port(), bind.systemId(), bind.password(), bind.systemType());
        return isPair()
                ? settings(BindMode.TRANSMITTER, same, name + " tx", tls)
                : settings(BindMode.TRANSCEIVER, same, name, tls);
    }

    /** The other half of a pair. */
    LinkSettings receiving(@Nullable SSLContext tls) {
        return settings(BindMode.RECEIVER, account.bind().receiver(), name + " rx", tls);
    }

    private LinkSettings settings(
            BindMode mode, BindSettings.Receiver peer, String linkName, @Nullable SSLContext tls) {
        AccountSettings.Throughput throughput = account.throughput();
        BindSettings bind = account.bind();
        return new LinkSettings(
                linkName,
                peer.host(),
                peer.port(),
                mode,
                peer.systemId(),
                peer.password(),
                peer.systemType(),
                bind.addressRange(),
                throughput.window(),
                throughput.maxMtThroughput(),
                throughput.bindTimeout(),
                throughput.mtExpiration(),
                throughput.enquireLinkPeriod(),
                limits.maxPduSize(),
                limits.maxUnanswered(),
                writableUntilNanos,
                tls,
                bind.tls().verifiesHostname(),
                bind.verboseTraces(),
                bind.verboseText());
    }
}
