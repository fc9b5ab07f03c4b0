// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder and everything that was started in it. Closed, or ended by Ctrl-C, it ends what was started, last first,
 * and removes the folder.
 */
public final class Workbench implements AutoCloseable {
    private final Path folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Thread hook = new Thread(this::clear, "bench-end");
    private final boolean isKept;
    private volatile boolean isClear;

    public Workbench() {
        this(null);
    }

    /** @param kept a folder that is not removed at the end; null: a temporary one */
    public Workbench(@Nullable Path kept) {
        isKept = kept != null;
        try {
            folder = kept == null ? Files.createTempDirectory("sms-bench-") : Files.createDirectories(kept);
        } catch (IOException failed) {
            throw new UncheckedIOException("no folder to work in", failed);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public Path folder() {
        return folder;
    }

    /** @throws BenchFailure if everything else has been ended already; then this is, too */
    public synchronized <T extends AutoCloseable> T add(T thing) {
        if (isClear) {
            end(thing);
            throw new BenchFailure("it is over");
        }
        started.push(thing);
        return thing;
    }

    private static void end(AutoCloseable late) {
        try {
            late.close();
        } catch (Exception failed) { // the caller hears of the end anyway
            throw new BenchFailure("could not be ended", failed);
        }
    }

    /** Everything is being ended, or has ended: nothing is to be started any more. */
    public boolean isClear() {
        return isClear;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        clear();
    }

    private synchronized void clear() {
        if (isClear) {
            return;
        }
        isClear = true;
        BenchFailure failure = new BenchFailure("could not end everything");
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) { // the others must be ended all the same
                failure.addSuppressed(failed);
            }
        }
        if (!isKept) {
            remove(failure);
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private void remove(BenchFailure failure) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException failed) {
            failure.addSuppressed(failed);
        }
    }
}
