// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.smsprocess.simulator.settings.SimulatorSettings;

/**
 * The SMSC itself: what its connections share. One thread, the event loop, owns all of it, so nothing here is locked;
 * other threads come in through {@link #call}.
 */
final class Smsc {
    private static final int CLOSED_REMEMBERED = 200;
    private static final int INBOX = 256 * 1024;

    final EventLoop loop;
    /** Octets just read, for whichever session reads now. */
    byte[] inbox = new byte[INBOX];

    private final SimulatorSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final MessageIds ids;
    private final Moment moment = new Moment();
    private final TimingWheel wheel;
    private final Map<String, Esme> esmes = new LinkedHashMap<>();
    private final Set<EsmeSession> open = new LinkedHashSet<>();
    private final Deque<Stats.Connection> closed = new ArrayDeque<>();
    private final List<Line> unflushed = new ArrayList<>();
    private final Set<Esme> toHandOver = new LinkedHashSet<>();
    private final List<Line> gathering = new ArrayList<>();
    private final long gather;
    private final Book book;
    private final Arrivals arrivals;
    private final KnownMessages known;
    private long connections;
    private long srPending;
    private long now;
    private int epochMinute;
    private boolean ticking;
    private long tickDue;

    Smsc(SimulatorSettings settings, EventLoop loop, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.random = random;
        gather = settings.submit().gather().toNanos();
        now = System.nanoTime();
        ids = new MessageIds(settings.messageId(), random);
        wheel = new TimingWheel(now);
        book = new Book(settings, clock, now);
        arrivals = new Arrivals(loop, settings.submit().watchPeriod(), now);
        known = new KnownMessages(this, settings.record().maxStates());
        refreshTime();
    }

    SimulatorSettings settings() {
        return settings;
    }

    RandomGenerator random() {
        return random;
    }

    MessageIds ids() {
        return ids;
    }

    Moment moment() {
        return moment;
    }

    Book book() {
        return book;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    KnownMessages known() {
        return known;
    }

    int epochMinute() {
        return epochMinute;
    }

    /** The time of the event being handled. */
    long now() {
        return now;
    }

    long refreshTime() {
        now = System.nanoTime();
        epochMinute = (int) (clock.millis() / 60_000);
        return now;
    }

    Esme esme(String systemId) {
        return esmes.computeIfAbsent(systemId, Esme::new);
    }

    List<Esme> esmes() {
        return List.copyOf(esmes.values());
    }

    /** The open connections, as a copy: a caller may close some. */
    List<EsmeSession> open() {
        return List.copyOf(open);
    }

    long opened(EsmeSession session) {
        open.add(session);
        return ++connections;
    }

    void closed(EsmeSession session) {
        if (open.remove(session)) {
            closed.addLast(session.snapshot());
            if (closed.size() > CLOSED_REMEMBERED) {
                closed.removeFirst();
            }
        }
    }

    boolean isSrStoreFull() {
        return srPending >= settings.sr().maxPending();
    }

    void srMade() {
        srPending++;
    }

    void srGone() {
        srPending--;
    }

    /** {@code thing} fires after {@code delay} nanoseconds, in a batch with what is due then. */
    void later(Timed thing, long delay) {
        wheel.add(thing, now, delay);
        if (!ticking) {
            ticking = true;
            tickSoon();
        }
    }

    /** The mailbox of {@code esme} is emptied as far as possible when the present batch ends. */
    void handOverSoon(Esme esme) {
        toHandOver.add(esme);
    }

    void flushSoon(Line line) {
        unflushed.add(line);
    }

    /** Called when {@code line} has been read empty. */
    void gatherAfterRead(Line line) {
        if (gather == 0) {
            return;
        }
        line.gather(true);
        if (gathering.isEmpty()) {
            loop.schedule(this::readOn, gather, TimeUnit.NANOSECONDS);
        }
        gathering.add(line);
    }

    private void readOn() {
        for (int i = 0; i < gathering.size(); i++) {
            gathering.get(i).gather(false);
        }
        gathering.clear();
    }

    /** The end of every batch: what was written leaves, with one flush a connection. */
    void endBatch() {
        if (!toHandOver.isEmpty()) {
            toHandOver.forEach(Esme::handOver);
            toHandOver.clear();
        }
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** Once a second: what nobody answered. */
    void everySecond() {
        refreshTime();
        open().forEach(session -> session.expire(now));
        endBatch();
    }

    <T> T call(Callable<T> question) {
        try {
            return loop.inEventLoop() ? question.call() : loop.submit(question).get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("the simulator failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (Exception failed) {
            throw new IllegalStateException("the simulator failed", failed);
        }
    }

    List<Stats.Connection> connectionStats() {
        List<Stats.Connection> all = new ArrayList<>(closed);
        open.forEach(session -> all.add(session.snapshot()));
        return all;
    }

    void reset() {
        refreshTime();
        book.reset(now);
        known.resetStats();
        closed.clear();
        esmes.values().forEach(Esme::resetStats);
        open.forEach(EsmeSession::resetStats);
    }

    private void tickSoon() {
        tickDue = now + TimingWheel.TICK;
        loop.schedule(this::tick, TimingWheel.TICK, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        refreshTime();
        book.paused(now - tickDue);
        wheel.advance(now);
        endBatch();
        ticking = !wheel.isEmpty();
        if (ticking) {
            tickSoon();
        }
    }
}
