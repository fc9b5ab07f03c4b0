// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the soak does to the processes, and has the simulator do. */
public enum SoakFault {
    /** kill -9 of the node, at any moment of its life. */
    KILL,
    /** SIGTERM of the node, which drains; started again at once. */
    TERM,
    /** SIGSTOP of the node, longer than its leases last; SIGCONT. */
    PAUSE,
    /** kill -9 of all processes of PostgreSQL; it is started again. */
    PG_KILL,
    /** PostgreSQL's immediate shutdown; it is started again. */
    PG_IMMEDIATE,
    /** PostgreSQL is stopped for a while. */
    PG_STOP,
    /** One of several nodes is cut off from the others; PostgreSQL and the SMSC are reachable by all. */
    PARTITION,
    /** One of several nodes is cut off from the others and from PostgreSQL, not from the SMSC. */
    PARTITION_PG,
    /** One of several nodes is cut off from PostgreSQL alone. */
    PG_CUT,
    RESET("reset", false, ""),
    UNBIND("unbind", true, ""),
    GARBAGE("garbage", false, ""),
    HALF_OPEN("half-open", true, ""),
    NO_ANSWERS("no-answers", true, ""),
    LATE_ANSWERS("late-answers", true, ",\"delay\":\"9s\""),
    THROTTLE("throttle", true, ",\"share\":0.7"),
    QUEUE_FULL("queue-full", true, ",\"share\":0.5"),
    WRONG_SEQUENCE("wrong-sequence", true, ",\"share\":0.1"),
    AWAY("away", true, "");

    private final @Nullable String kind;
    private final boolean lasts;
    private final String more;

    SoakFault() {
        this(null, true, "");
    }

    /** @param kind the simulator's word for it; null: not the simulator's */
    SoakFault(@Nullable String kind, boolean lasts, String more) {
        this.kind = kind;
        this.lasts = lasts;
        this.more = more;
    }

    /** Makes sense for several nodes only. */
    public boolean isOfCluster() {
        return isPartition() || this == PG_CUT;
    }

    /** Needs network namespaces. */
    public boolean isPartition() {
        return this == PARTITION || this == PARTITION_PG;
    }

    boolean isOfSmsc() {
        return kind != null;
    }

    /** JSON for the simulator. */
    String json(Duration time, boolean all) {
        String duration = lasts ? ",\"duration\":\"" + time.toMillis() + "ms\"" : "";
        return "{\"kind\":\"" + kind + "\",\"connections\":\"" + (all ? "all" : "one") + "\"" + duration + more + "}";
    }

    /** As options and reports have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
