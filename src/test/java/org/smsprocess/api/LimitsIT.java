// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.Observes;
import org.smsprocess.spec.FreePort;

/** What slow, greedy and broken clients get. */
class LimitsIT {
    private static final Fakes FAKES = new Fakes();
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(
                FAKES.services(),
                "body-timeout = 300ms, idle-timeout = 2s, max-header-length = 512, max-uri-length = 512, max-headers = 10");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** @return all that comes until the server closes the connection */
    private static String answerTo(String octets) throws IOException {
        return answerTo(api, octets);
    }

    private static String answerTo(TestApi asked, String octets) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", asked.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Observes("http.body-timeout")
    void givesUpABodyThatDoesNotCome() throws IOException {
        String answer = answerTo(
                "POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"acc");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:sms-process:problem:body-timeout");
        assertThat(FAKES.intake.requests()).isEmpty();
    }

    /** Why it is refused is known from its head: the rest is waited for no longer than a body may take, and is no next request. */
    @Test
    void aRequestThatIsRefusedIsToldSoWhileItsBodyIsLate() throws IOException {
        String late = "Content-Length: 60\r\n\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

        String nowhere = answerTo("POST /api/v1/nothing HTTP/1.1\r\nHost: a\r\n" + late);
        String otherMethod = answerTo("POST /api/v1/accounts HTTP/1.1\r\nHost: a\r\n" + late);
        String otherType = answerTo("POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n" + late);

        assertThat(nowhere).startsWith("HTTP/1.1 404").contains("there is nothing at /api/v1/nothing");
        assertThat(otherMethod).startsWith("HTTP/1.1 405").contains("Allow: GET");
        assertThat(otherType).startsWith("HTTP/1.1 415").contains("urn:sms-process:problem:unsupported-media-type");
        assertThat(List.of(nowhere, otherMethod, otherType)).noneMatch(answer -> answer.contains("HTTP/1.1 200"));
    }

    /** A client that is still sending when its connection closes would never read why. */
    @Test
    @Observes("http.max-body")
    void whatIsRefusedIsTakenToItsEndFirst() throws IOException {
        String large = "Content-Length: 1500000\r\n\r\n" + "x".repeat(1_500_000);

        try (TestApi patient = TestApi.start(FAKES.services(), "max-body = 1m")) {
            String answers = answerTo(
                    patient,
                    "POST /api/v1/nothing HTTP/1.1\r\nHost: a\r\n" + large
                            + "POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + large
                            + "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(statuses(answers)).containsExactly("404", "413", "200");
        }
    }

    private static Stream<String> statuses(String answers) {
        return Pattern.compile("HTTP/1\\.1 (\\d+)").matcher(answers).results().map(status -> status.group(1));
    }

    @Test
    void requestsThatDoNotWaitForEachOthersAnswersGetThemInTheirOrder() throws IOException {
        String body = "{\"account\":\"acme\",\"messages\":[{\"to\":\"+33600000001\"}]}"; // without text

        String answers = answerTo("GET /api/v1/accounts/acme HTTP/1.1\r\nHost: a\r\n\r\n"
                + "POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body
                + "GET /api/v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(statuses(answers)).containsExactly("200", "422", "404", "200");
        assertThat(answers)
                .containsSubsequence(
                        "\"name\":\"acme\"", "messages[0].text", "there is nothing at", "\"status\":\"live\"");
    }

    @Test
    @Observes("http.idle-timeout")
    void closesAnIdleConnection() {
        Throwable end = catchThrowable(
                () -> assertThat(answerTo("GET /health/live HTTP/1.1\r\nHost")).isEmpty());

        if (end != null) { // closed with octets unread
            assertThat(end).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void givesUpABodyThatComesOctetByOctet() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            send(
                    socket,
                    "POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{");

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> socket.getInputStream().available() > 0 || isRefused(socket));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 408".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        }
        assertThat(FAKES.intake.requests()).isEmpty();
    }

    @Test
    @Observes("http.idle-timeout")
    void closesAConnectionWhoseHeadComesOctetByOctet() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            send(socket, "GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ");

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isRefused(socket));
        }
    }

    /** Sends one more octet. */
    private static boolean isRefused(Socket socket) {
        try {
            send(socket, "x");
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static void send(Socket socket, String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Test
    void chunksThatAreNoneAreTheClientsMistake() throws IOException {
        String answer = answerTo("POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:sms-process:problem:bad-syntax");
        assertThat(FAKES.intake.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GET /<b> HTTP/1.1", "BREW /metrics HTTP/1.1", "GET / HTTP/7.0"})
    void whatIsNoRequestIsAProblemToo(String line) throws IOException {
        assertThat(answerTo(line + "\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("Content-Type: application/problem+json", "urn:sms-process:problem:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/connections?acount=acme         | acount: is no parameter of this request; there are account
            /api/v1/deliveries?limt=3               | limt: is no parameter of this request; there are account, before, counters, limit
            /api/v1/accounts?name=acme              | name: is no parameter of this request
            /api/v1/deliveries?counters=maybe       | counters: maybe is neither true nor false
            /api/v1/deliveries?account=%00          | account: holds the character U+0000
            /api/v1/inbox?limit=0                   | limit: 0 is not a number from 1 to 10000
            """)
    void aMistypedFilterIsRefusedAndNotIgnored(String path, String detail) {
        HttpResponse<String> answer = api.get(path);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"detail\":\"" + detail + "\"");
        assertThat(api.get("/health/live?from=balancer").statusCode()).isEqualTo(200);
    }

    @Test
    @Observes("http.max-header-length")
    void refusesHeadersThatAreTooLong() throws IOException {
        assertThat(answerTo("GET /health/live HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(600) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("urn:sms-process:problem:head-too-large", "512");
    }

    @Test
    @Observes("http.max-headers")
    void refusesTooManyHeaders() throws IOException {
        assertThat(answerTo("GET /health/live HTTP/1.1\r\nHost: a\r\n" + "X-Many: 1\r\n".repeat(11) + "\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    @Observes("http.max-uri-length")
    void refusesAPathThatIsTooLong() throws IOException {
        assertThat(answerTo("GET /" + "x".repeat(600) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains("urn:sms-process:problem:head-too-large", "512");
    }

    @Test
    @Observes({"http.max-connections", "http.port"})
    void moreConnectionsThanAllowedWaitForTheirTurn() throws IOException {
        int port = FreePort.next();
        try (TestApi small = TestApi.start(FAKES.services(), "max-connections = 2, port = " + port);
                Socket first = new Socket("127.0.0.1", port);
                Socket second = new Socket("127.0.0.1", port)) {
            assertThat(small.port()).isEqualTo(port);
            assertThat(isAnswered(first, 30_000)).isTrue();
            assertThat(isAnswered(second, 30_000)).isTrue();
            try (Socket third = new Socket("127.0.0.1", port)) {
                assertThat(isAnswered(third, 500)).isFalse();
                first.close();

                third.setSoTimeout(30_000);
                assertThat(third.getInputStream().read()).isEqualTo('H');
            }
        }
    }

    private static boolean isAnswered(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        send(socket, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        try {
            return socket.getInputStream().read() == 'H';
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    @Test
    void refusesWhatIsNoHttp() throws IOException {
        assertThat(answerTo("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
    }
}
