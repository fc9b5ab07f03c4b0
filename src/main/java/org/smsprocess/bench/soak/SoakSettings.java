// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What {@code soak} is asked to do.
 *
 * @param time how long faults strike under load; the end of it, when everything settles, comes on top. Zero: each fault once, in
 *     their order
 * @param seed of the schedule of faults
 * @param faults that are drawn from
 * @param kills ends after so many faults of the processes instead of {@code time}; 0: by time
 * @param inDoubt policy of the account: resend, hold or fail
 * @param rate messages a second that are posted
 * @param connections of the account, over all nodes
 * @param window SUBMIT_SM in flight by connection
 * @param nodes that share them
 * @param outage how long one of several nodes is frozen or cut off
 * @param tempo of nodes and SMSC
 * @param folder where logs and data are kept; null: in a temporary folder, removed at the end
 */
public record SoakSettings(
        Duration time,
        long seed,
        List<SoakFault> faults,
        int kills,
        String inDoubt,
        int rate,
        int connections,
        int window,
        int nodes,
        Duration outage,
        Tempo tempo,
        @Nullable Path folder) {

    public SoakSettings {
        faults = List.copyOf(faults);
    }

    /**
     * How long nodes and SMSC wait for what a fault took away.
     *
     * @param simulator HOCON of the SMSC
     * @param account HOCON of the account
     * @param node HOCON lines of the node
     * @param jvm its options
     */
    public record Tempo(String simulator, String account, List<String> node, List<String> jvm) {
        /** Leases and waits of a cluster as they are unless set, and short times of the account: a fault fits into minutes. */
        public static final Tempo USUAL = new Tempo(
                "", "in-doubt-wait = 10s, mt-expiration = 5s", List.of("sms-process.part-retry-delay = 2s"), List.of());

        public Tempo {
            node = List.copyOf(node);
            jvm = List.copyOf(jvm);
        }
    }

    private static final String SIMULATOR = """
            submit { latency = 5ms, latency-jitter = 20ms }
            sr { delay = 200ms, jitter = 500ms, echo-reference = true }
            record { keep-messages = true, max-kept = 20000000 }
            mo { rate = 2, texts = ["Hello"] }
            """;

    /** As SMSCs do: a frozen node's sockets stay open, and only the SMSC can tell that nobody is behind them. */
    private static final String ENQUIRES = "bind { enquire-link-period = 1s, enquire-link-timeout = 3s }\n";

    String simulator() {
        return (nodes == 1 ? SIMULATOR : SIMULATOR + ENQUIRES) + tempo.simulator();
    }

    String account() {
        return """
                child-connections = %d
                window = %d
                in-doubt = %s
                %s
                sr.user-message-reference = true
                """.formatted(connections, window, inDoubt, tempo.account());
    }

    /** Connections that the account may have at any instant. */
    int slots() {
        return connections;
    }

    boolean isEachOnce() {
        return time.isZero() && kills == 0;
    }

    /** @param times how many have struck so far */
    SoakFault fault(int times, Random random) {
        return isEachOnce() ? faults.get(times) : faults.get(random.nextInt(faults.size()));
    }

    boolean isCluster() {
        return nodes > 1;
    }

    int allWindows() {
        return connections * window;
    }
}
