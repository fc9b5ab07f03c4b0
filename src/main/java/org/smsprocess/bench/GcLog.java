// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How much heap was in use after each collection, from the JVM's own log: {@code Pause Young (Normal) … 120M->35M(512M) 4.1ms}. */
final class GcLog {
    private static final Pattern AFTER = Pattern.compile("Pause .*->(\\d+)M\\(");

    private final Path file;

    GcLog(Path file) {
        this.file = file;
    }

    /** For the JVM whose log it is. */
    String option() {
        return "-Xlog:gc:file=" + file;
    }

    /** Megabytes. */
    long most() {
        long[] all = sorted();
        return all.length == 0 ? 0 : all[all.length - 1];
    }

    /** Megabytes. */
    long median() {
        long[] all = sorted();
        return all.length == 0 ? 0 : all[all.length / 2];
    }

    private long[] sorted() {
        try {
            return AFTER.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult line) -> line.group(1))
                    .mapToLong(Long::parseLong)
                    .sorted()
                    .toArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
