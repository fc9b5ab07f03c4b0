// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.smsprocess.smpp.link.CloudhopperConnector;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;

/** A link under test and the raw SMSC at its other end. Settings may be changed until {@link #bind}. */
public final class LinkFixture implements AutoCloseable {
    static final WireLimits LIMITS = limits(Duration.ofSeconds(5));

    static WireLimits limits(Duration unbindTimeout) {
        return new WireLimits(1, 1 << 16, 1 << 16, 1 << 18, 1 << 24, 1000, 100, unbindTimeout, Duration.ofMillis(20));
    }

    final RawSmsc smsc;
    final CloudhopperConnector connector;
    final RecordingListener listener = new RecordingListener();

    BindMode mode = BindMode.TRANSCEIVER;
    String host = "127.0.0.1";
    int port;
    int window = 10;
    double rate;
    Duration bindTimeout = Duration.ofSeconds(30);
    Duration answerTimeout = Duration.ofSeconds(30);
    Duration enquireLinkPeriod = Duration.ofSeconds(30);
    int maxUnanswered = 1000;
    LongSupplier writableUntilNanos = () -> System.nanoTime() + 1_000_000_000L;
    SSLContext tls;
    boolean verifyHostname;
    boolean verboseTraces;
    boolean verboseText;

    LinkFixture() {
        this(new RawSmsc(), LIMITS);
    }

    LinkFixture(RawSmsc smsc, WireLimits limits) {
        this.smsc = smsc;
        this.port = smsc.port();
        this.connector = new CloudhopperConnector(limits);
    }

    LinkSettings settings() {
        return new LinkSettings(
                "test/0/0",
                host,
                port,
                mode,
                "esme",
                "secret12",
                "",
                new SmppAddress(0, 0, ""),
                window,
                rate,
                bindTimeout,
                answerTimeout,
                enquireLinkPeriod,
                65536,
                maxUnanswered,
                writableUntilNanos,
                tls,
                verifyHostname,
                verboseTraces,
                verboseText);
    }

    /** A bound pair. */
    record Pair(SmppLink link, RawSession session) {}

    Pair bind() {
        var bound = connector.bind(settings(), listener).toCompletableFuture();
        RawSession session = smsc.acceptBind();
        try {
            return new Pair(bound.get(30, TimeUnit.SECONDS), session);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Binds with an SMSC played by the test, which must fail. */
    BindFailure bindFailure(Consumer<RawSession> smscSide) {
        var bound = connector.bind(settings(), listener).toCompletableFuture();
        smscSide.accept(smsc.accept());
        return failureOf(bound);
    }

    static BindFailure failureOf(CompletableFuture<SmppLink> bound) {
        try {
            bound.get(30, TimeUnit.SECONDS);
            throw new AssertionError("bound, but should not");
        } catch (ExecutionException failed) {
            return (BindFailure) failed.getCause();
        } catch (InterruptedException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    public static Submit submit(long mtId) {
        return submit(mtId, "text " + mtId);
    }

    public static Submit submit(long mtId, String text) {
        return new Submit(
                mtId,
                1,
                1,
                new SmppAddress(5, 0, "sender"),
                new SmppAddress(1, 1, "4917" + mtId),
                new Submit.Fields("", 0, false, 0, 0, null, null, 0),
                1,
                text.getBytes(ISO_8859_1),
                List.of());
    }

    @Override
    public void close() {
        connector.close();
        smsc.close();
    }
}
