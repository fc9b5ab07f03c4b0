// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A delivery on a node, driven from here. */
record RemoteDelivery(NodeClient node, long id) {

    /**
     * Messages by what became of them.
     *
     * @param awaitingSr sent, and the SR is still to come
     * @param waiting without final status, {@code awaitingSr} among them
     */
    record Counters(long accepted, long awaitingSr, long delivered, long failed, long inDoubt, long waiting) {
        static Counters of(JsonNode json) {
            long sent = json.path("sent").asLong();
            long resending = json.path("inDoubt").asLong();
            return new Counters(
                    json.path("accepted").asLong(),
                    sent,
                    json.path("delivered").asLong(),
                    json.path("failed").asLong(),
                    resending + json.path("held").asLong(),
                    json.path("queued").asLong() + json.path("submitting").asLong() + sent + resending);
        }

        boolean isFinal() {
            return waiting == 0;
        }

        @Override
        public String toString() {
            return "accepted " + accepted + ", awaiting SR " + awaitingSr + ", delivered " + delivered + ", failed "
                    + failed + (inDoubt == 0 ? "" : ", in doubt " + inDoubt);
        }
    }

    static RemoteDelivery create(NodeClient node, ObjectNode request) {
        return new RemoteDelivery(
                node, node.post("/api/v1/deliveries", request).path("delivery").asLong());
    }

    private String path() {
        return "/api/v1/deliveries/" + id;
    }

    /**
     * Adds a file's recipients, as NDJSON if its name ends so, else as CSV.
     *
     * @return {@code accepted}, {@code refused}, {@code errors}
     */
    JsonNode upload(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String type = name.endsWith(".ndjson") || name.endsWith(".jsonl") ? "application/x-ndjson" : "text/csv";
        try (Progress progress = Progress.of("upload", Files.size(file), "octets")) {
            return node.upload(path() + "/recipients", type, () -> opened(file, progress));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream opened(Path file, Progress progress) {
        try {
            return progress.count(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        node.post(path() + "/start");
    }

    Counters counters() {
        return Counters.of(node.get(path()).path("counters"));
    }

    /** Its messages, streamed; to be closed. */
    Stream<JsonNode> log() {
        return node.lines(path() + "/log");
    }

    /**
     * Shows how it gets on until each message has its final status.
     *
     * @return the last counters; not final if the timeout came first
     */
    Counters await(Duration timeout, PrintWriter out) {
        Counters first = counters();
        AtomicReference<Counters> last = new AtomicReference<>(first);
        try (Progress progress = Progress.of("messages", first.accepted(), "msg")) {
            Poll.until(timeout, () -> {
                Counters now = counters();
                if (progress.isShown()) {
                    progress.at(now.accepted() - now.waiting(), now.toString());
                } else if (!now.equals(last.getAndSet(now)) || now.isFinal()) {
                    out.println(now);
                    out.flush();
                }
                last.set(now);
                return now.isFinal() ? Optional.of(now) : Optional.empty();
            });
        }
        return Objects.requireNonNull(last.get());
    }
}
