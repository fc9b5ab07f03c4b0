// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.smpp.LinkFixture.submit;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;

/** The settings of {@code sms-process.smpp}, each with two values, as an SMSC sees them. */
class WireSettingsXIT {
    private static final int OCTETS = 60_000;
    private LinkFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @Observes("smpp.io-threads")
    @CsvSource({"1, 1", "3, 3"})
    void soManyThreadsServeAllConnections(int setting, int threads) {
        Set<String> before = ioThreads();
        use(new RawSmsc(), "io-threads = " + setting);
        for (int i = 0; i < 4; i++) {
            fixture.bind();
        }

        Set<String> own = ioThreads();
        own.removeAll(before);
        assertThat(own).hasSize(threads);
    }

    private static Set<String> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("smpp-\\d+-\\d+"))
                .collect(Collectors.toSet());
    }

    /** While the link is busy all arrives; then up to 16 buffers are read before they are told. */
    @ParameterizedTest
    @Observes("smpp.read-buffer")
    @CsvSource({"2k, true", "64k, false"})
    void itReadsSoMuchAtOnce(String buffer, boolean isLittle) throws InterruptedException {
        use(new RawSmsc(), "read-buffer = " + buffer);
        Pair bound = fixture.bind();
        CountDownLatch all = new CountDownLatch(1);
        fixture.listener.onNextInbound = () -> awaitQuietly(all);
        bound.session().send(RawPdu.deliverSm(0, "1", "2", "first"));
        fixture.listener.nextInbound();
        RawPdu[] flood = IntStream.range(1, 500)
                .mapToObj(i -> RawPdu.deliverSm(i, "1", "2", "x".repeat(200)))
                .toArray(RawPdu[]::new);
        bound.session().send(flood);
        all.countDown();
        for (int i = 1; i < 500; i++) {
            fixture.listener.nextInbound();
        }

        int pdu = flood[0].octets().length;
        assertThat(Collections.max(fixture.listener.inboundBatches) * pdu <= 17 * 2048)
                .isEqualTo(isLittle);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @Observes("smpp.write-burst")
    @CsvSource({"1k, 8, 30", "64k, 1, 3"})
    void itCollectsSoMuchForOneWrite(String burst, int fewest, int most) {
        use(new RawSmsc(), "write-burst = " + burst);
        fixture.window = 100;
        Pair bound = fixture.bind();
        long before = bound.link().status().writes();
        bound.link().submit(submits(50, "x".repeat(150)));
        for (int i = 0; i < 50; i++) {
            bound.session().read(RawPdu.SUBMIT_SM);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(bound.link().status().writes() - before).isBetween((long) fewest, (long) most));
    }

    @ParameterizedTest
    @Observes("smpp.write-high-water")
    @CsvSource({"64k, true", "512M, false"})
    void noMoreIsWrittenThanThisToAnSmscThatDoesNotRead(String highWater, boolean waits) {
        use(smallSmsc(), "max-unwritten = 1G, write-high-water = " + highWater);
        fixture.window = 1000;
        Pair bound = fixture.bind();
        bound.link().submit(large(200)); // 12 MB; the sockets hold half of it

        if (waits) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bound.link().status().submitted() > 10);
            await().during(Duration.ofMillis(300))
                    .until(() -> bound.link().status().waiting() > 0);
        } else {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bound.link().status().waiting() == 0);
        }
        bound.session().close();
    }

    @ParameterizedTest
    @Observes("smpp.max-unwritten")
    @CsvSource({"128k, false", "1G, true"})
    void anSmscMayLeaveSoMuchUnread(String most, boolean isKept) {
        use(smallSmsc(), "write-high-water = 64k, write-burst = 64k, max-unwritten = " + most);
        Pair bound = fixture.bind();
        ByteBuffer flood = ByteBuffer.allocate(16 * 1000);
        for (int i = 0; i < 1000; i++) {
            flood.put(RawPdu.request(RawPdu.ENQUIRE_LINK, i).octets());
        }
        int rounds = 500; // 8 MB of answers
        try {
            for (int i = 0; i < rounds; i++) {
                bound.session().sendOctets(flood.array());
            }
        } catch (UncheckedIOException dropped) {
            assertThat(isKept).isFalse();
        }

        if (isKept) {
            bound.session().skip(rounds * flood.capacity());
            assertThat(fixture.listener.isOpen()).isTrue();
        } else {
            assertThat(fixture.listener.whyClosed()).contains("does not read");
        }
    }

    @ParameterizedTest
    @Observes("smpp.max-late-answers")
    @CsvSource({"1, 1", "10000, 2"})
    void soManyAnswersMayStillComeLate(int most, int taken) {
        use(new RawSmsc(), "max-late-answers = " + most);
        fixture.answerTimeout = Duration.ofMillis(100);
        Pair bound = fixture.bind();
        bound.link().submit(submits(2, "x"));
        ReceivedPdu first = bound.session().read(RawPdu.SUBMIT_SM);
        ReceivedPdu second = bound.session().read(RawPdu.SUBMIT_SM);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);

        bound.session()
                .send(
                        RawPdu.submitSmResp(first.sequenceNumber(), "a"),
                        RawPdu.submitSmResp(second.sequenceNumber(), "b"));

        for (int i = 0; i < taken; i++) {
            assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.LATE_ANSWER);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> bound.link().status().unexpected() == 2 - taken);
    }

    @Test
    @Observes("smpp.unbind-timeout")
    void theAnswerToUnbindIsAwaitedSoLong() {
        use(new RawSmsc(), "unbind-timeout = 300ms");
        Pair bound = fixture.bind();
        long begun = System.nanoTime();
        bound.link().unbind(Duration.ofSeconds(1));
        assertThat(fixture.listener.whyClosed()).isEqualTo("no answer to unbind within 300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
    }

    @ParameterizedTest
    @Observes("smpp.lease-check-period")
    @CsvSource({"10ms, true", "10s, false"})
    void aRenewedLeaseIsSeenAtTheNextLook(String period, boolean isSoon) {
        use(new RawSmsc(), "lease-check-period = " + period);
        AtomicLong until = new AtomicLong(System.nanoTime() + 60_000_000_000L);
        fixture.writableUntilNanos = until::get;
        Pair bound = fixture.bind();
        until.set(System.nanoTime());
        bound.link().submit(submits(1, "x"));
        assertThat(bound.session().isQuietFor(100)).isTrue();

        until.set(System.nanoTime() + 60_000_000_000L);

        assertThat(bound.session().isQuietFor(isSoon ? 5000 : 500)).isNotEqualTo(isSoon);
    }

    private void use(RawSmsc smsc, String lines) {
        fixture = new LinkFixture(
                smsc,
                WireLimits.from(ConfigFactory.load(ConfigFactory.parseString("sms-process.smpp { " + lines + " }"))));
    }

    /** One whose socket holds little. */
    private static RawSmsc smallSmsc() {
        return new RawSmsc(new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                ServerSocket server = new ServerSocket();
                server.setReceiveBufferSize(1 << 16);
                server.bind(new InetSocketAddress(address, port), backlog);
                return server;
            }

            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return createServerSocket(port, 0);
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
            }
        });
    }

    private static List<Submit> submits(int count, String text) {
        List<Submit> submits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            submits.add(submit(i, text));
        }
        return submits;
    }

    /** With a message_payload each. */
    private static List<Submit> large(int count) {
        Tlv payload = new Tlv(0x0424, new byte[OCTETS]);
        List<Submit> submits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            submits.add(new Submit(
                    i,
                    1,
                    1,
                    new SmppAddress(5, 0, "sender"),
                    new SmppAddress(1, 1, "4917" + i),
                    new Submit.Fields("", 0, false, 0, 0, null, null, 0),
                    1,
                    new byte[0],
                    List.of(payload)));
        }
        return submits;
    }
}
