// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.Observes;

class HttpsIT {
    private static final String PASSWORD = "changeit";

    /** Octets before the PKCS#1 key in a PKCS#8 one of RSA with more than 1,024 bits (RFC 5208 §5). */
    private static final int PKCS1_IN_PKCS8 = 26;

    @TempDir
    private static Path files;

    private static Path keyStore;
    private static HttpClient client;

    @BeforeAll
    static void makeKeys() throws Exception {
        keyStore = files.resolve("api.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keyStore)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        Key key = keys.getKey("api", PASSWORD.toCharArray());
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("api").getEncoded());
        pem("key.pem", "PRIVATE KEY", key.getEncoded());
        byte[] pkcs8 = key.getEncoded();
        pem("key1.pem", "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS1_IN_PKCS8, pkcs8.length));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("api", keys.getCertificate("api"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        client = HttpClient.newBuilder().sslContext(context).build();
    }

    private static void pem(String name, String kind, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                files.resolve(name), "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    @Test
    @Observes({"http.tls.key-store", "http.tls.key-store-password"})
    void speaksTlsWithAPkcs12File() throws Exception {
        assertThat(statusWith("tls { key-store = \"" + keyStore + "\", key-store-password = " + PASSWORD + " }"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @Observes({"http.tls.certificate", "http.tls.private-key"})
    @ValueSource(strings = {"key.pem", "key1.pem"})
    void speaksTlsWithPemFiles(String key) throws Exception {
        assertThat(statusWith("tls { certificate = \"" + files.resolve("cert.pem") + "\", private-key = \""
                        + files.resolve(key) + "\" }"))
                .isEqualTo(200);
    }

    @Test
    void saysWhichPemFileHoldsNotWhatItShould() {
        String both =
                "tls { certificate = \"" + files.resolve("%s") + "\", private-key = \"" + files.resolve("%s") + "\" }";

        assertThatThrownBy(() -> statusWith(both.formatted("cert.pem", "cert.pem")))
                .hasStackTraceContaining("http.tls.private-key = ")
                .hasStackTraceContaining("cert.pem\" holds no PKCS#8 and no PKCS#1 key");
        assertThatThrownBy(() -> statusWith(both.formatted("key.pem", "key.pem")))
                .hasStackTraceContaining("key.pem\" holds no certificate");
    }

    @Test
    void namesTheFileItCannotUse() {
        assertThatThrownBy(() -> statusWith("tls { key-store = /no/such/file.p12, key-store-password = secret }"))
                .hasStackTraceContaining("/no/such/file.p12")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("secret"));
    }

    private static int statusWith(String tls) throws Exception {
        try (TestApi api = TestApi.start(new Fakes().services(), tls)) {
            URI uri = URI.create("https://127.0.0.1:" + api.port() + "/health/live");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
