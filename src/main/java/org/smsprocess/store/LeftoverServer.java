// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server that {@code postmaster.pid} in a data directory speaks of: line 1 is its process id. */
final class LeftoverServer {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);

    private LeftoverServer() {}

    static boolean isRunning(Path data) {
        return process(data).isPresent();
    }

    /** Whether none runs, and the last one did not end in good order. */
    static boolean wasKilled(Path data) {
        return Files.exists(data.resolve("postmaster.pid")) && !isRunning(data);
    }

    /** Stops it as pg_ctl's fast mode does (SIGINT: sessions end, checkpoint, exit); returns when it is gone. */
    static void stop(Path data, Duration timeout) throws IOException {
        Optional<ProcessHandle> left = process(data);
        if (left.isEmpty()) {
            return; // a stale postmaster.pid is PostgreSQL's own business
        }
        ProcessHandle process = left.get();
        LOG.warn("Stopping the PostgreSQL (process {}) that an earlier node left in {}", process.pid(), data);
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping process " + process.pid(), stop);
        } catch (ExecutionException | TimeoutException error) {
            throw new IOException(
                    "process " + process.pid() + " in " + data + " does not stop within " + timeout.toSeconds() + " s",
                    error);
        }
    }

    private static Optional<ProcessHandle> process(Path data) {
        Path file = data.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            long pid = Long.parseLong(lines.get(0).trim());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> isPostgres(process.pid()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Neither another program that got the number since, nor one that has ended and was not collected by its parent. */
    private static boolean isPostgres(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat"); // "pid (name) state …", proc(5)
        try {
            String line = Files.exists(stat) ? Files.readString(stat) : "(postgres) S";
            return line.contains("(postgres") && !line.contains(") Z");
        } catch (IOException ended) {
            return false;
        }
    }
}
