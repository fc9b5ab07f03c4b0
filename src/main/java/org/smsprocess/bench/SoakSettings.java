// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code soak} is asked to do.
 *
 * @param time how long faults strike under load; the end of it, when everything settles, comes on top
 * @param seed of the schedule of faults
 * @param faults that are drawn from
 * @param kills ends after so many faults of the processes instead of {@code time}; 0: by time
 * @param inDoubt policy of the account: resend, hold or fail
 * @param rate messages a second that are posted
 * @param window SUBMIT_SM in flight by connection
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
        @Nullable Path folder) {

    public SoakSettings {
        faults = List.copyOf(faults);
    }

    static final String SIMULATOR = """
            submit { latency = 5ms, latency-jitter = 20ms }
            sr { delay = 200ms, jitter = 500ms, echo-reference = true }
            record { keep-messages = true, max-kept = 20000000 }
            mo { rate = 2, texts = ["Hello"] }
            """;

    /** Short times, so that a fault and what follows it fit into minutes. */
    String account() {
        return """
                child-connections = %d
                window = %d
                in-doubt = %s
                in-doubt-wait = 10s
                mt-expiration = 5s
                sr.user-message-reference = true
                """.formatted(connections, window, inDoubt);
    }

    static final List<String> NODE = List.of("sms-process.part-retry-delay = 2s");

    int allWindows() {
        return connections * window;
    }
}
