// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.Optional;
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
import org.smsprocess.account.SrSettings;
import org.smsprocess.smpp.Inbound;

/** From a DELIVER_SM to a status report: fields, stat, provider id in the form it is looked up by. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrReadBenchmark {
    private static final int RECEIPT = 0x04;
    private static final String TEXT = "id:0416342074 sub:001 dlvrd:001 submit date:2611220845 done date:2611220846"
            + " stat:DELIVRD err:000 text:Your parcel 4711";

    /** How the account reads them. */
    public enum Kind {
        DEFAULT_PATTERNS,
        LEARNED_IDS,
        WITH_TLVS,
        OWN_PATTERNS
    }

    @Param
    public Kind kind = Kind.DEFAULT_PATTERNS;

    private SrReader reader = ReadingFixtures.reader(ReadingFixtures.settings());
    private Inbound inbound = ReadingFixtures.deliverSm(RECEIPT, TEXT);

    @Setup
    public void prepare() {
        SrSettings settings = ReadingFixtures.settings();
        inbound = ReadingFixtures.deliverSm(RECEIPT, TEXT);
        if (kind == Kind.LEARNED_IDS) {
            settings = ReadingFixtures.settings("id-format { mt = auto, sr = auto }");
        } else if (kind == Kind.WITH_TLVS) {
            inbound = ReadingFixtures.deliverSm(
                    RECEIPT, TEXT, ReadingFixtures.tlv(0x001E, "0416342074"), ReadingFixtures.tlv(0x0427, 2));
        } else if (kind == Kind.OWN_PATTERNS) {
            settings = ReadingFixtures.settings("sr.id-regex = \"\\\\bid:([0-9]{1,20})\\\\b\"");
        }
        reader = ReadingFixtures.reader(settings);
    }

    @Benchmark
    public Optional<StatusReport> read() {
        return reader.read(inbound, 1, 0);
    }
}
