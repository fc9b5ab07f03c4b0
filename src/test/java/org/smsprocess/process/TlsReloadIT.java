// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.spec.TestCertificate;
import org.smsprocess.store.TestDatabase;

/** Settings and files of TLS that change while a node runs, as the settings page says when they are taken. */
class TlsReloadIT {
    private static final String PASSWORD = "changeit";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    /** With a new bind; the files themselves at the next one. */
    @Test
    @Observes({"tls.enabled", "tls.verification", "tls.trust-store"})
    void thoseOfAnAccountAreTakenWithANewBind() throws IOException {
        LocalDate nextYear = LocalDate.now(ZoneOffset.UTC).plusYears(1);
        TestCertificate certificate = TestCertificate.forAddress(LOOPBACK, nextYear);
        String otherCa = TestCertificate.forAddress(LOOPBACK, nextYear).caPem();
        Path other = Files.writeString(directory.resolve("other.pem"), otherCa);
        Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.caPem());
        try (ServedSmsc smsc = new ServedSmsc(certificate);
                FileNode node = new FileNode(DB, directory, "", account(smsc, "full", other))) {
            awaitError(node, "not signed by a CA");

            assertThat(node.reload(account(smsc, "full", ca)).statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            assertThat(smsc.unbinds.get()).isZero();

            node.reload(account(smsc, "skip-hostname", ca));
            await().atMost(PATIENCE).until(() -> smsc.binds.size() == 2 && smsc.bound() == 1);
            assertThat(smsc.unbinds.get()).isEqualTo(1);

            Files.writeString(ca, otherCa); // and nothing is loaded again
            smsc.drop();
            awaitError(node, "not signed by a CA");
            Files.writeString(ca, certificate.caPem());
            await().atMost(PATIENCE).until(() -> smsc.binds.size() == 3 && smsc.bound() == 1);

            HttpResponse<String> refused = node.reload(account(smsc, "full", directory.resolve("gone.pem")));
            assertThat(refused.body()).contains("tls.trust-store").contains("does not exist");
            await().during(Duration.ofMillis(300)).until(() -> smsc.bound() == 1 && smsc.unbinds.get() == 1);
        }
    }

    private static void awaitError(FileNode node, String text) {
        await().atMost(PATIENCE).until(() -> node.connections().toString().contains(text));
    }

    private static String account(ServedSmsc smsc, String verification, Path trustStore) {
        return """
                acme {
                  host = 127.0.0.1, port = %d, reconnect-delay = 100ms, reconnect-max-delay = 200ms
                  tls { enabled = true, verification = %s, trust-store = "%s" }
                }
                """.formatted(smsc.port(), verification, trustStore);
    }

    /** When the node starts again. */
    @Test
    @Observes("http.tls.key-store")
    void thoseOfTheApiAreTakenAtTheNextStart() throws Exception {
        Path first = keyStore("first");
        Path second = keyStore("second");
        String tls = "http.tls { key-store = \"%s\", key-store-password = %s }";
        try (FileNode node = new FileNode(DB, directory, tls.formatted(first, PASSWORD), "")) {
            Files.writeString(node.file(), Files.readString(node.file()).replace(first.toString(), second.toString()));

            assertThat(answer(node.port(), "POST /api/v1/reload")).startsWith("CN=first HTTP/1.1 200");
            Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
            assertThat(answer(node.port(), "POST /api/v1/reload")).startsWith("CN=first HTTP/1.1 200");
        }
        try (FileNode node = new FileNode(DB, directory, tls.formatted(second, PASSWORD), "")) {
            assertThat(answer(node.port(), "GET /health/live")).startsWith("CN=second HTTP/1.1 200");
        }
    }

    private Path keyStore(String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    /** @return the server's name in its certificate, and the first line of its answer */
    private static String answer(int port, String request) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            socket.getOutputStream().flush();
            String line = new String(socket.getInputStream().readNBytes(12), US_ASCII);
            return socket.getSession().getPeerPrincipal().getName() + " " + line;
        }
    }

    /** Of everybody: the test looks at the name itself. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
