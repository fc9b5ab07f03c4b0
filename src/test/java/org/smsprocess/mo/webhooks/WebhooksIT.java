// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.mo.MoFixtures.segment;
import static org.smsprocess.mo.MoFixtures.text;

import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.mo.composing.MoComposer;
import org.smsprocess.mo.inbox.BatchedInboxWriter;
import org.smsprocess.mo.inbox.MoMetrics;
import org.smsprocess.mo.inbox.NewMo;
import org.smsprocess.store.TestDatabase;

class WebhooksIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    /** What the receiver got. */
    private record Told(String id, String timestamp, String signature, String body) {}

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private HttpServer receiver;
    private AccountSettings account;
    private Webhooks webhooks;
    private BatchedInboxWriter writer;

    @BeforeEach
    void start() throws IOException {
        DB.execute("truncate inbox, mo_seen, mo_webhook");
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/mo", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(new Told(
                    exchange.getRequestHeaders().getFirst("X-Sms-Id"),
                    exchange.getRequestHeaders().getFirst("X-Sms-Timestamp"),
                    exchange.getRequestHeaders().getFirst("X-Sms-Signature"),
                    body));
            awaitQuietly(held);
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            exchange.close();
        });
        receiver.start();
        account = TestAccounts.account(
                "acme",
                "mo.webhook { url = \"http://127.0.0.1:" + receiver.getAddress().getPort() + "/mo\", secret = key }");
        webhooks = webhooks("first-retry = 100ms");
        writer = writer(webhooks);
    }

    @AfterEach
    void stop() {
        webhooks.close();
        receiver.stop(0);
        threads.shutdownNow();
    }

    /** {@code mo.webhook.url} and {@code mo.webhook.secret}. */
    @Test
    @Observes({"mo.webhook.url", "mo.webhook.secret"})
    void tellsAnMoAtOnceAndSigned() {
        write("hello");

        await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 1);
        Told call = told.get(0);
        assertThat(call.body())
                .contains("\"from\":\"4912345\"")
                .contains("\"to\":\"1234\"")
                .contains("\"text\":\"hello\"")
                .contains("\"id\":" + call.id());
        assertThat(call.signature()).isEqualTo(WebhookCall.sign("key", call.timestamp() + "." + call.body()));
        awaitQueue(0);
    }

    /** RFC 4231 §4.3, test case 2. */
    @Test
    void signsAsTheStandardSays() {
        assertThat(WebhookCall.sign("Jefe", "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    /** By default it would take more than a minute. */
    @Test
    @Observes("mo.webhook.first-retry")
    void tellsAgainUntilItIsTaken() {
        answers.addAll(List.of(500, 302, 404));
        write("hello");

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            webhooks.look("acme");
            return told.size() == 4;
        });
        awaitQueue(0);
        assertThat(told).extracting(Told::id).containsOnly(told.get(0).id());
    }

    @Test
    void keepsWhatItCouldNotTell() {
        receiver.stop(0);
        write("hello");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !DB.column("select last_error from mo_webhook where last_error is not null")
                        .isEmpty());
        webhooks.close();

        assertThat(DB.number("select count(*) from mo_webhook")).isEqualTo(1);
        assertThat(DB.number("select count(*) from inbox")).isEqualTo(1);
    }

    @Test
    @Observes("mo.webhook.give-up-after")
    void givesUpAfterItsTimeAndKeepsTheMo() {
        use("first-retry = 100ms, give-up-after = 1h");
        answers.addAll(List.of(500));
        write("hello");
        await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 1);
        DB.execute("update inbox set stored_at = now() - interval '2 hours'");

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            webhooks.giveUp("acme");
            return DB.number("select count(*) from mo_webhook") == 0;
        });
        assertThat(DB.number("select count(*) from inbox")).isEqualTo(1);
    }

    @Test
    void tellsABacklogWithoutLosingAny() {
        for (int i = 0; i < 200; i++) {
            write("mo " + i);
        }

        awaitQueue(0);
        assertThat(told.stream().map(Told::id).distinct().count()).isEqualTo(200);
    }

    @Test
    @Observes({"mo.webhook.first-retry", "mo.webhook.max-retry"})
    void waitsLongerEachTime() {
        WebhookSettings settings = settings("first-retry = 3s, max-retry = 1m");

        assertThat(settings.retryAfter(1)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.retryAfter(3)).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.retryAfter(1000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @Observes({"mo.webhook.concurrency", "mo.webhook.claim-margin"})
    void soManyCallsAreMadeAtOnceAndHeldForTheTimeoutAndMore() {
        use("concurrency = 2, timeout = 10s, claim-margin = 5m");
        held = new CountDownLatch(1);
        for (int i = 0; i < 5; i++) {
            write("mo " + i);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 2);
        await().during(Duration.ofMillis(300)).until(() -> told.size() == 2);
        assertThat(DB.column("select extract(epoch from next_attempt_at - now())::int from mo_webhook"
                        + " where attempts = 1 and next_attempt_at > now() + interval '1 minute'"))
                .hasSize(2)
                .allSatisfy(left -> assertThat((Integer) left).isBetween(290, 320));
        held.countDown();
        awaitQueue(0);
    }

    @Test
    @Observes("mo.webhook.timeout")
    void aReceiverThatDoesNotAnswerIsGivenUp() {
        use("timeout = 200ms");
        held = new CountDownLatch(1);
        write("hello");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> DB.number("select count(*) from mo_webhook where last_error like '%timed out%'") == 1);
        held.countDown();
    }

    private void use(String lines) {
        webhooks.close();
        webhooks = webhooks(lines);
        writer = writer(webhooks);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitQueue(long size) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            webhooks.look("acme");
            return DB.number("select count(*) from mo_webhook") == size;
        });
    }

    private void write(String text) {
        NewMo mo = new MoComposer(account).single(segment(text(text)), Duration.ofMinutes(2));
        writer.write(List.of(mo))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private Webhooks webhooks(String lines) {
        return new Webhooks(
                DB.database(),
                settings(lines),
                name -> Optional.of(account),
                new MoMetrics(new SimpleMeterRegistry()),
                InstantSource.system());
    }

    private static WebhookSettings settings(String lines) {
        return WebhookSettings.from(
                ConfigFactory.load(ConfigFactory.parseString("sms-process.mo.webhook { " + lines + " }")));
    }

    private static BatchedInboxWriter writer(Webhooks webhooks) {
        return new BatchedInboxWriter(
                DB.database(),
                (connection, wanted) -> () -> {},
                webhooks::look,
                1000,
                new MoMetrics(new SimpleMeterRegistry()));
    }
}
