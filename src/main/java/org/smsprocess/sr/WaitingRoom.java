// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;

/** SR whose id is not known yet, until their mapping comes or their time is over. Bounded. Not thread-safe. */
final class WaitingRoom {
    private final int max;
    private final Map<Long, List<Waiting>> byKey = new HashMap<>();
    private final Map<Integer, Waiting> byTicket = new HashMap<>();
    private final NavigableSet<Waiting> byDeadline =
            new TreeSet<>(Comparator.comparingLong((Waiting waiting) -> waiting.deadlineMillis)
                    .thenComparingInt(waiting -> waiting.ticket));
    private int lastTicket;

    WaitingRoom(int max) {
        this.max = max;
    }

    /** One SR; which also remembers when to ask other correlators about its alternatives. */
    static final class Waiting {
        final int ticket;
        final StatusReport report;
        final Answers.Place place;
        private final long deadlineMillis;
        private long probeAgainMillis;
        private long probePause = 1000;

        private Waiting(int ticket, StatusReport report, Answers.Place place, long deadlineMillis, long nowMillis) {
            this.ticket = ticket;
            this.report = report;
            this.place = place;
            this.deadlineMillis = deadlineMillis;
            this.probeAgainMillis = nowMillis + probePause;
        }

        /** Asked at growing intervals, because each question goes through other correlators. */
        boolean isProbeDue(long nowMillis) {
            if (report.alternatives().isEmpty() || nowMillis < probeAgainMillis) {
                return false;
            }
            probePause *= 2;
            probeAgainMillis = nowMillis + probePause;
            return true;
        }
    }

    boolean isFull() {
        return byTicket.size() >= max;
    }

    int size() {
        return byTicket.size();
    }

    /** @param nowMillis of a clock that never jumps, like deadlineMillis */
    Waiting add(StatusReport report, Answers.Place place, long deadlineMillis, long nowMillis) {
        Waiting waiting = new Waiting(++lastTicket, report, place, deadlineMillis, nowMillis);
        byTicket.put(waiting.ticket, waiting);
        byDeadline.add(waiting);
        index(report.key(), waiting);
        otherIds(report).forEach(candidate -> index(candidate.key(), waiting));
        return waiting;
    }

    /** Those that wait for this key; they wait no more. */
    List<Waiting> take(long key) {
        List<Waiting> found = byKey.get(key);
        if (found == null) {
            return List.of();
        }
        List<Waiting> taken = List.copyOf(found);
        taken.forEach(this::remove);
        return taken;
    }

    /** The one with this ticket, which then waits no more; null when it already does not. */
    @Nullable
    Waiting take(int ticket) {
        Waiting waiting = byTicket.get(ticket);
        if (waiting != null) {
            remove(waiting);
        }
        return waiting;
    }

    /** Those whose time is over; they wait no more. */
    List<Waiting> takeOverdue(long nowMillis) {
        List<Waiting> overdue = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.first().deadlineMillis <= nowMillis) {
            Waiting waiting = byDeadline.first();
            remove(waiting);
            overdue.add(waiting);
        }
        return overdue;
    }

    /** Those about whose alternatives other correlators should be asked again. */
    List<Waiting> probesDue(long nowMillis) {
        return byTicket.values().stream()
                .filter(waiting -> waiting.isProbeDue(nowMillis))
                .toList();
    }

    private void index(long key, Waiting waiting) {
        byKey.computeIfAbsent(key, any -> new ArrayList<>(1)).add(waiting);
    }

    private void remove(Waiting waiting) {
        byTicket.remove(waiting.ticket);
        byDeadline.remove(waiting);
        unindex(waiting.report.key(), waiting);
        for (Candidate candidate : otherIds(waiting.report)) {
            unindex(candidate.key(), waiting);
        }
    }

    /** References are asked for like ids of other correlators, after a while: first the SUBMIT_SM_RESP has its chance. */
    private static List<Candidate> otherIds(StatusReport report) {
        List<Candidate> all = report.alternatives();
        return report.hasReference() ? all.subList(0, all.size() - 1) : all;
    }

    private void unindex(long key, Waiting waiting) {
        List<Waiting> list = byKey.get(key);
        if (list != null && list.remove(waiting) && list.isEmpty()) {
            byKey.remove(key);
        }
    }
}
