// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.tls.TlsSettings;
import org.smsprocess.account.tls.UnusableTlsFile;
import scala.Option;

/**
 * TLS between nodes, where both sides show a certificate that the other's trust store must know. Whoever opens the connection also checks,
 * unless told otherwise, that the other's certificate is made out to its {@code cluster.host}. Thread-safe.
 */
final class ClusterTls implements SSLEngineProvider {
    /** A renewed certificate is taken after so long, without a restart; a look at two files, so nobody needs it slower. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final TlsSettings settings;
    private @Nullable SSLContext context;
    private long readNanos;

    ClusterTls(TlsSettings settings) {
        this.settings = settings;
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        SSLEngine engine = context().createSSLEngine(hostname, port);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        SSLEngine engine = context().createSSLEngine(hostname, port);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(PROTOCOLS);
        if (settings.verifiesHostname()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return Option.empty();
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return Option.empty();
    }

    private synchronized SSLContext context() {
        SSLContext present = context;
        if (present == null || System.nanoTime() - readNanos > FRESH.toNanos()) {
            try {
                present = settings.context(Clock.systemUTC(), TellingTrust::around);
            } catch (UnusableTlsFile unusable) {
                throw new IllegalStateException(
                        "sms-process.cluster.tls." + unusable.key() + " " + unusable.getMessage(), unusable);
            }
            context = present;
            readNanos = System.nanoTime();
        }
        return present;
    }
}
