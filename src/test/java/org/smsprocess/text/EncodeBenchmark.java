// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.List;
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
import org.smsprocess.text.charsets.SmsCharset;

/** From a text to the octets of its parts: choice of the encoding, splitting, UDH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
    /** What is sent. */
    public enum Kind {
        GSM_ONE_SMS("Your parcel 4711 arrives today between 2 and 4 pm. Tell us if you are out."),
        GSM_THREE_SMS("Your parcel arrives today. Tell us if you are out: [1] neighbour, [2] shop. ".repeat(5)),
        UCS_2_ONE_SMS("Ваша посылка прибудет сегодня с 14 до 16 часов."),
        UCS_2_THREE_SMS("Ваша посылка прибудет сегодня с 14 до 16 часов 📦. ".repeat(4)),
        APPROXIMATED("„Dein Paket“ – heute zwischen 14 und 16 Uhr… Żółć, Đorđe");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    @Param
    public Kind kind = Kind.GSM_ONE_SMS;

    private TextEncoder encoder = encoder(false);

    @Setup
    public void prepare() {
        encoder = encoder(kind == Kind.APPROXIMATED);
    }

    private static TextEncoder encoder(boolean gsmOnly) {
        Encoding gsm = new Encoding(0, SmsCharset.GSM);
        return TextEncoder.of(
                gsmOnly ? List.of(gsm) : List.of(gsm, new Encoding(8, SmsCharset.UCS_2)), LongMessage.UDH, true);
    }

    @Benchmark
    public int encodeAndSplit() {
        EncodedText encoded = (EncodedText) encoder.encode(kind.text, 10);
        int octets = 0;
        for (int part = 1; part <= encoded.parts(); part++) {
            octets += encoded.shortMessage(part, 7).length;
        }
        return octets;
    }
}
