// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.smsprocess.bench.plant.Jcmd;
import org.smsprocess.bench.plant.Pause;

/**
 * What a JVM's own log tells of its heap: {@code Pause Young (Normal) … 120M->35M(512M) 4.1ms}. What it had before a collection and not
 * after the one before, it allocated meanwhile. All in megabytes.
 */
final class GcLog {
    /** One pause: what was in use before and after it. */
    record Collection(long before, long after, boolean isWhole) {}

    private static final Pattern PAUSE = Pattern.compile("Pause (Full)?.*?(\\d+)M->(\\d+)M\\(");
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;

    GcLog(Path file) {
        this.file = file;
    }

    /** For the JVM whose log it is. */
    String option() {
        return "-Xlog:gc:file=" + file + "::filecount=0";
    }

    /** So far, oldest first. */
    List<Collection> collections() {
        try {
            return PAUSE.matcher(Files.readString(file))
                    .results()
                    .map(pause -> new Collection(
                            Long.parseLong(pause.group(2)), Long.parseLong(pause.group(3)), pause.group(1) != null))
                    .toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The most in use after a collection. */
    long most() {
        return collections().stream().mapToLong(Collection::after).max().orElse(0);
    }

    /** The usual in use after a collection. */
    long median() {
        long[] all =
                collections().stream().mapToLong(Collection::after).sorted().toArray();
        return all.length == 0 ? 0 : all[all.length / 2];
    }

    /** Has the JVM collect everything. @return what is alive */
    long live(ProcessHandle jvm) {
        long before = wholes();
        Pause.until(
                () -> {
                    // again: a JVM that happens to collect as it is asked leaves it at that, which need not be a whole
                    // collection
                    Jcmd.run(jvm, "GC.run");
                    return wholes() > before;
                },
                STEP,
                PATIENCE,
                () -> "no collection is seen in " + file);
        List<Collection> all = collections();
        return all.get(all.size() - 1).after();
    }

    private long wholes() {
        return collections().stream().filter(Collection::isWhole).count();
    }

    /** Allocated between the first and the last of these, which are in order. */
    static long allocated(List<Collection> collections) {
        long sum = 0;
        for (int i = 1; i < collections.size(); i++) {
            sum += collections.get(i).before() - collections.get(i - 1).after();
        }
        return sum;
    }
}
