// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.requests;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.smsprocess.delivery.requests.QueryWatches;
import org.smsprocess.delivery.requests.SentMessage;

/** The messages of one account that are to be asked for, let out at its rate. Confined to the inquiries. */
final class QueryBacklog {
    /** A message to be asked for now. */
    record Next(QueryRound round, SentMessage message) {}

    private final ArrayDeque<QueryRound> waiting = new ArrayDeque<>();
    private final Set<QueryRound> rounds = new HashSet<>();
    private double permits;
    private long filledNanos;

    QueryBacklog(long nowNanos) {
        filledNanos = nowNanos;
        permits = 1;
    }

    void add(QueryWatches.Watch watch) {
        QueryRound round = new QueryRound(watch, filledNanos);
        waiting.add(round);
        rounds.add(round);
    }

    void finished(QueryRound round) {
        rounds.remove(round);
    }

    /** Parts in work. */
    int parts() {
        return rounds.size();
    }

    boolean hasNext() {
        return !waiting.isEmpty();
    }

    /** @param rate a second; what was not used in a second is lost */
    List<Next> next(double rate, int most, long nowNanos) {
        permits = Math.min(Math.max(1, rate), permits + rate * (nowNanos - filledNanos) / 1e9);
        filledNanos = nowNanos;
        List<Next> found = new ArrayList<>();
        while (found.size() < most && permits >= 1 && !waiting.isEmpty()) {
            permits--;
            QueryRound round = waiting.getFirst();
            found.add(round.next());
            if (!round.hasNext()) {
                waiting.removeFirst();
            }
        }
        return found;
    }

    /** Parts whose lease should be made longer now; it is taken for done. */
    List<Long> leaseHalfOver(Duration lease, long nowNanos) {
        List<Long> parts = new ArrayList<>();
        for (QueryRound round : rounds) {
            if (nowNanos - round.keptNanos > lease.toNanos() / 2) {
                round.keptNanos = nowNanos;
                parts.add(round.watch().partId());
            }
        }
        return parts;
    }
}
