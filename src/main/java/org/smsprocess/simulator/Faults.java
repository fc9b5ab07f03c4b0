// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.settings.FaultKind;
import org.smsprocess.simulator.settings.FaultSettings;
import org.smsprocess.simulator.settings.Word;

/** The faults that are on and those that are to come. Confined to the simulator's thread. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Smsc smsc;
    private final Runnable goAway;
    private final Runnable comeBack;
    private final Garbage garbage;
    private final List<FaultSettings> byPdu = new ArrayList<>();
    private final List<Active> active = new ArrayList<>();
    private final Effect effect = new Effect();
    private final Map<FaultKind, Long> strikes = new EnumMap<>(FaultKind.class);
    private long pdus;
    private int generation;

    /** A fault that lasts. */
    private static final class Active {
        private final FaultSettings fault;
        private final long end;
        private final List<EsmeSession> sessions;

        Active(FaultSettings fault, long end, List<EsmeSession> sessions) {
            this.fault = fault;
            this.end = end;
            this.sessions = sessions;
        }

        boolean hits(EsmeSession session) {
            return fault.allConnections() ? Faults.matches(fault, session) : sessions.contains(session);
        }
    }

    Faults(Smsc smsc, Runnable goAway, Runnable comeBack) {
        this.smsc = smsc;
        this.goAway = goAway;
        this.comeBack = comeBack;
        garbage = new Garbage(smsc.random());
    }

    /** Plans a fault, or lets it strike at once. */
    void add(FaultSettings fault) {
        if (fault.isByPdu()) {
            byPdu.add(fault);
        }
        if (fault.isForNow()) {
            strike(fault, null);
        } else if (fault.at().isPresent() || fault.every().isPresent()) {
            plan(fault, fault.at().or(fault::every).orElseThrow());
        }
    }

    /** Ends what lasts and forgets what was to come. */
    void clear() {
        generation++;
        byPdu.clear();
        List.copyOf(active).forEach(this::end);
    }

    boolean isQuiet() {
        return active.isEmpty() && byPdu.isEmpty();
    }

    /** What happens to a submit_sm that has just come in on {@code session}. */
    Effect onSubmit(EsmeSession session) {
        if (isQuiet()) {
            return Effect.NONE;
        }
        effect.cleared();
        long now = smsc.now();
        for (Active one : active) {
            if (one.fault.kind().reach == FaultKind.Reach.ANSWER && one.hits(session) && drawn(one.fault.share())) {
                effect.add(one.fault, Math.max(0, one.end - now));
            }
        }
        pdus++;
        for (int i = 0; i < byPdu.size(); i++) {
            FaultSettings fault = byPdu.get(i);
            boolean due = fault.afterPdus() > 0 && pdus % fault.afterPdus() == 0 || drawn(fault.probability());
            if (due && matches(fault, session)) {
                effect.add(fault, fault.duration().toNanos());
                if (effect.strike == null && fault.kind().reach == FaultKind.Reach.ANSWER) {
                    count(fault);
                    last(fault, List.of(session));
                }
            }
        }
        return effect;
    }

    /** @param cause the connection whose submit_sm brought it about; null: none did */
    void strike(FaultSettings fault, @Nullable EsmeSession cause) {
        if (fault.kind() == FaultKind.AWAY && isActive(FaultKind.AWAY)) {
            return;
        }
        count(fault);
        List<EsmeSession> sessions = victims(fault, cause);
        LOG.info("Fault {} strikes {} connections for {}", Word.of(fault.kind()), sessions.size(), fault.duration());
        switch (fault.kind()) {
            case RESET -> sessions.forEach(session -> session.line().reset());
            case UNBIND -> sessions.forEach(EsmeSession::unbind);
            case GARBAGE -> sessions.forEach(session -> session.send(garbage.next()));
            case FREEZE, HALF_OPEN -> sessions.forEach(session -> session.line().freeze());
            case AWAY -> {
                goAway.run();
                smsc.open().forEach(session -> session.line().reset());
            }
            default -> {}
        }
        last(fault, sessions);
    }

    /** @return command_status for every bind now, 0: as usual */
    int bindStatus() {
        for (Active one : active) {
            if (one.fault.kind() == FaultKind.REFUSE_BINDS) {
                return one.fault.statusOrUsual();
            }
        }
        return 0;
    }

    /** A storm of unbinds goes on: whoever binds is unbound. */
    void bound(EsmeSession session) {
        for (Active one : active) {
            if (one.fault.kind() == FaultKind.UNBIND && matches(one.fault, session)) {
                count(one.fault);
                session.unbind();
            }
        }
    }

    Stats.Faults snapshot() {
        Map<String, Long> counts = new TreeMap<>();
        strikes.forEach((kind, count) -> counts.put(Word.of(kind), count));
        List<String> on = active.stream().map(one -> Word.of(one.fault.kind())).toList();
        return new Stats.Faults(on, counts);
    }

    private void plan(FaultSettings fault, Duration in) {
        int planned = generation;
        smsc.loop.schedule(
                () -> {
                    if (planned == generation) {
                        smsc.refreshTime();
                        strike(fault, null);
                        smsc.endBatch();
                        fault.every().ifPresent(period -> plan(fault, period));
                    }
                },
                in.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void last(FaultSettings fault, List<EsmeSession> sessions) {
        long duration = fault.duration().toNanos();
        if (duration > 0) {
            Active started = new Active(fault, smsc.now() + duration, sessions);
            active.add(started);
            smsc.loop.schedule(() -> end(started), duration, TimeUnit.NANOSECONDS);
        }
    }

    private void end(Active one) {
        if (!active.remove(one)) {
            return;
        }
        smsc.refreshTime();
        switch (one.fault.kind()) {
            case FREEZE -> one.sessions.forEach(EsmeSession::thaw);
            case HALF_OPEN -> one.sessions.forEach(session -> session.line().reset());
            case AWAY -> comeBack.run();
            default -> {}
        }
        smsc.endBatch();
    }

    private List<EsmeSession> victims(FaultSettings fault, @Nullable EsmeSession cause) {
        if (fault.kind().reach == FaultKind.Reach.SMSC) {
            return List.of();
        }
        List<EsmeSession> all =
                smsc.open().stream().filter(session -> matches(fault, session)).toList();
        if (fault.allConnections() || all.isEmpty()) {
            return all;
        }
        return List.of(cause != null ? cause : all.get(smsc.random().nextInt(all.size())));
    }

    private boolean isActive(FaultKind kind) {
        return active.stream().anyMatch(one -> one.fault.kind() == kind);
    }

    private void count(FaultSettings fault) {
        strikes.merge(fault.kind(), 1L, Long::sum);
    }

    private boolean drawn(double share) {
        return share >= 1 || share > 0 && smsc.random().nextDouble() < share;
    }

    private static boolean matches(FaultSettings fault, EsmeSession session) {
        return session.isBound()
                && (fault.systemId().isEmpty() || fault.systemId().equals(session.systemId()));
    }
}
