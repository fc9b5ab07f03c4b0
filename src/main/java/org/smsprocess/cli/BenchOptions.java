// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import org.smsprocess.bench.Report;
import org.smsprocess.bench.plant.BenchFailure;
import picocli.CommandLine.Option;

/** What all commands that measure take; they print what they found. */
class BenchOptions extends Terminal {
    @Option(names = "--json", description = "One line of JSON, last.")
    private boolean json;

    /** One measurement. */
    @FunctionalInterface
    interface Bench {
        void run(Report report) throws InterruptedException;
    }

    void measure(Bench bench) {
        Report report = new Report(out(), json);
        try {
            bench.run(report);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(SmsProcessCommand.FAILED, "interrupted");
        } catch (BenchFailure failed) {
            throw new UserError(
                    failed.isWrongUse() ? SmsProcessCommand.WRONG_USE : SmsProcessCommand.FAILED,
                    String.valueOf(failed.getMessage()));
        }
        report.end();
    }
}
