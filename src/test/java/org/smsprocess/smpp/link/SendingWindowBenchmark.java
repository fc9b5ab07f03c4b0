// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.smsprocess.smpp.LinkFixture;
import org.smsprocess.smpp.Submit;

/** A full window: the oldest request is answered, another one is opened. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SendingWindowBenchmark {
    @Param({"10", "1000", "10000"})
    public int size = 10;

    private final Submit submit = LinkFixture.submit(1_000_000);
    private SendingWindow window = new SendingWindow(1);
    private int[] open = {};
    private int at;
    private long nanos;

    @Setup
    public void fill() {
        window = new SendingWindow(size);
        open = new int[size];
        at = 0;
        for (int i = 0; i < size; i++) {
            open[i] = window.open(submit, nanos++);
        }
    }

    @Benchmark
    public Submit answerAndOpen() {
        Submit answered = window.release(window.find(open[at]));
        open[at] = window.open(submit, nanos++);
        at = at + 1 == open.length ? 0 : at + 1;
        return answered;
    }
}
