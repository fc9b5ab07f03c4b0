// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.account.TestKeys;
import org.smsprocess.account.tls.TlsSettings.KeyFile;
import org.smsprocess.account.tls.TlsSettings.Verification;
import org.smsprocess.settings.InvalidSettings;

/** Real hand-shakes on 127.0.0.1, as an SMSC would ask for them. */
class TlsSettingsIT {
    @TempDir
    static Path directory;

    private static TestKeys keys;
    private static Path smsc;
    private static Path us;

    @BeforeAll
    static void makeKeys() throws IOException {
        keys = new TestKeys(directory);
        smsc = keys.identity("smsc", "smsc.example");
        us = keys.identity("us", "us.example");
    }

    private static Optional<KeyFile> file(Path path) {
        return Optional.of(new KeyFile(path, TestKeys.PASSWORD));
    }

    private static TlsSettings trusting(Path trustStore, Verification verification) {
        return new TlsSettings(true, verification, file(trustStore), Optional.empty());
    }

    /** @return the subject of our certificate as the SMSC saw it, or "none" */
    private static String connect(TlsSettings ours, boolean wantsOurs)
            throws IOException, GeneralSecurityException, UnusableTlsFile {
        TlsSettings theirs = new TlsSettings(true, Verification.FULL, file(keys.trusting(us)), file(smsc));
        try (SSLServerSocket server = (SSLServerSocket) theirs.context(Clock.systemUTC())
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(wantsOurs);
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> accept(server, wantsOurs));
            try (SSLSocket socket = (SSLSocket) ours.context(Clock.systemUTC())
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
                socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
                SSLParameters parameters = socket.getSSLParameters();
                if (ours.verifiesHostname()) {
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                }
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                socket.getInputStream().read();
            }
            return seen.join();
        } finally {
            Files.deleteIfExists(directory.resolve("trusting-us.p12"));
        }
    }

    private static String accept(SSLServerSocket server, boolean wantsOurs) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
            socket.getOutputStream().write(1);
            return wantsOurs ? socket.getSession().getPeerPrincipal().getName() : "none";
        } catch (IOException refused) {
            return "refused";
        }
    }

    @Test
    void aCertificateOfOursIsShownToAnSmscThatAsks() throws Exception {
        for (Path own : new Path[] {us, keys.both(us)}) {
            TlsSettings ours =
                    new TlsSettings(true, Verification.SKIP_HOSTNAME, file(keys.certificate(smsc)), file(own));

            assertThat(connect(ours, true)).isEqualTo("CN=us");
        }
    }

    @Test
    @Observes({"tls.key-store", "tls.key-store-password", "tls.trust-store", "tls.trust-store-password"})
    void filesAndPasswordsOfTheAccountAreUsed() throws Exception {
        Files.deleteIfExists(directory.resolve("trusting-smsc.p12"));
        String trusting =
                "trust-store = \"%s\", trust-store-password = %s\n".formatted(keys.trusting(smsc), TestKeys.PASSWORD);
        String own = "key-store = \"%s\", key-store-password = %s".formatted(us, TestKeys.PASSWORD);

        assertThat(connect(ofAccount(trusting + own), true)).isEqualTo("CN=us");
        assertThatThrownBy(() -> connect(ofAccount(trusting), true)).isInstanceOf(IOException.class);
        assertThat(problem(trusting.replace(TestKeys.PASSWORD, "other"))).contains("trust-store-password");
        assertThat(problem(own.replace(TestKeys.PASSWORD, "other"))).contains("key-store-password");
        Files.delete(directory.resolve("trusting-smsc.p12"));
    }

    private static TlsSettings ofAccount(String tls) {
        return TestAccounts.account("acme", "tls { enabled = true, verification = skip-hostname\n" + tls + "\n}")
                .bind()
                .tls();
    }

    @Test
    void anSmscOfAnUnknownCaIsRefused() throws Exception {
        TlsSettings ours = trusting(keys.certificate(us), Verification.SKIP_HOSTNAME);

        assertThatThrownBy(() -> connect(ours, false)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void fullVerificationRefusesACertificateForAnotherHost() throws Exception {
        assertThatThrownBy(() -> connect(trusting(keys.certificate(smsc), Verification.FULL), false))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("No subject alternative");
    }

    @Test
    void skipCertificateTakesAnybody() throws Exception {
        TlsSettings ours = trusting(keys.certificate(us), Verification.SKIP_CERTIFICATE);

        assertThat(connect(ours, false)).isEqualTo("none");
    }

    @Test
    void bothFormsOfATrustStoreAreRead() throws Exception {
        assertThat(connect(trusting(keys.trusting(smsc), Verification.SKIP_HOSTNAME), false))
                .isEqualTo("none");
        assertThat(connect(trusting(keys.certificate(smsc), Verification.SKIP_HOSTNAME), false))
                .isEqualTo("none");
    }

    private static String problem(String tls) {
        try {
            TestAccounts.account("acme", "tls { enabled = true\n" + tls + "\n}");
            return "none";
        } catch (InvalidSettings invalid) {
            return invalid.problems().get(0).detail().replace(directory + "/", "");
        }
    }

    @Test
    void aFileThatCannotBeUsedIsToldAtTheStart() throws Exception {
        Path expired = keys.identity("expired", "localhost", "-startdate", "-10d", "-validity", "5");
        Path text = Files.writeString(directory.resolve("text.pem"), "no certificate here");
        String password = "\nkey-store-password = " + TestKeys.PASSWORD;

        assertThat(problem("trust-store = \"" + directory.resolve("gone.pem") + "\""))
                .isEqualTo("= \"gone.pem\" does not exist");
        assertThat(problem("trust-store = \"" + text + "\"")).contains("holds no trusted certificate");
        assertThat(problem("trust-store = \"" + keys.certificate(expired) + "\""))
                .contains("holds no certificate that is valid now: CN=expired is valid from ");
        assertThat(problem("key-store = \"" + us + "\""))
                .isEqualTo("= \"us.p12\" does not open with key-store-password");
        assertThat(problem("key-store = \"" + expired + "\"" + password))
                .contains("is not valid now: CN=expired is valid from ");
        assertThat(problem("key-store = \"" + keys.certificate(us) + "\"")).contains("holds no PKCS#8 key");
        assertThat(problem("key-store = \"" + us + "\"" + password)).isEqualTo("none");
        assertThat(problem("key-store = \"" + keys.both(us) + "\"")).isEqualTo("none");
    }
}
