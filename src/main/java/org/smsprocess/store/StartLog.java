// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what pg_ctl writes while it starts a server. The library that starts it looks neither whether pg_ctl gives up nor whether the server
 * ends and would wait for its whole time limit; this interrupts it.
 */
final class StartLog implements AutoCloseable {
    private static final String REFUSED = "could not start server";
    private static final int LONGEST = 100_000;

    private final File file;
    private final Path data;
    private final long from;
    private final Thread starter = Thread.currentThread();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private boolean hasRun;
    private volatile @Nullable String refusal;

    /**
     * @param file pg_ctl's and the server's output, appended to
     * @param data directory of the server
     */
    static StartLog watch(Path file, Path data) {
        StartLog log = new StartLog(file.toFile(), data);
        log.watch.scheduleWithFixedDelay(log::look, 100, 100, TimeUnit.MILLISECONDS);
        return log;
    }

    private StartLog(File file, Path data) {
        this.file = file;
        this.data = data;
        from = file.length();
    }

    File file() {
        return file;
    }

    /** @throws IOException with the server's reason */
    void throwIfRefused() throws IOException {
        String reason = refusal;
        if (reason != null) {
            Thread.interrupted(); // was for the library only
            throw new IOException(reason + " (" + file + ")");
        }
    }

    private void look() {
        try {
            boolean isRunning = LeftoverServer.isRunning(data);
            boolean hasEnded = hasRun && !isRunning;
            hasRun = isRunning;
            String text = text();
            if (refusal == null && (hasEnded || text.contains(REFUSED))) {
                refusal = text.lines()
                        .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                        .reduce((first, last) -> last)
                        .orElse(REFUSED);
                starter.interrupt();
            }
        } catch (IOException unreadable) {
            refusal = "its log cannot be read: " + unreadable.getMessage();
            starter.interrupt();
        }
    }

    private String text() throws IOException {
        if (!file.exists()) {
            return "";
        }
        try (RandomAccessFile open = new RandomAccessFile(file, "r")) {
            byte[] bytes = new byte[(int) Math.min(LONGEST, Math.max(0, open.length() - from))];
            open.seek(from);
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
