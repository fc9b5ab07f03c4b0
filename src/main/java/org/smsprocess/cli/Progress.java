// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal; nothing at all where nobody watches. */
final class Progress implements AutoCloseable {
    private static final int REFRESH_MILLIS = 200;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** @param unit what is counted, like {@code msg} */
    static Progress of(String task, long total, String unit) {
        if (!isTerminal()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .showSpeed()
                .build()); // on stderr, so that stdout stays readable for programs
    }

    private static boolean isTerminal() {
        return System.console() != null;
    }

    boolean isShown() {
        return bar != null;
    }

    void at(long done, String note) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(note);
        }
    }

    /** Counts the octets that are read. */
    InputStream count(InputStream in) {
        ProgressBar counted = bar;
        return counted == null
                ? in
                : new FilterInputStream(in) {
                    @Override
                    public int read() throws IOException {
                        int octet = super.read();
                        counted.stepBy(octet < 0 ? 0 : 1);
                        return octet;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        int octets = super.read(buffer, offset, length);
                        counted.stepBy(Math.max(0, octets));
                        return octets;
                    }
                };
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
