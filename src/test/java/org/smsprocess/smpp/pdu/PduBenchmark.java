// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import com.cloudhopper.smpp.pdu.Pdu;
import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoder;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoderContext;
import com.cloudhopper.smpp.type.Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.smsprocess.smpp.LinkFixture;
import org.smsprocess.smpp.Submit;
import org.smsprocess.spec.RawPdu;

/** The octets of the three PDUs of a message's life: ours beside the library's transcoder. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PduBenchmark {
    private static final int SPACE = 1 << 16;

    private final Submit submit =
            LinkFixture.submit(1_000_000, "Hello dear customer, your code is 123456. Do not tell it to anybody.");
    private final byte[] answer = RawPdu.submitSmResp(7, "0123456789").octets();
    private final byte[] receipt = RawPdu.deliverSm(
                    7, "4917112345", "12345", "id:0123456789 sub:001 dlvrd:001 stat:DELIVRD")
            .octets();
    private final DefaultPduTranscoder library = new DefaultPduTranscoder(new DefaultPduTranscoderContext());
    private final TolerantDecoder ours = new TolerantDecoder();
    private final PduBuffer out = new PduBuffer(SPACE);
    private int sequenceNumber;

    @Benchmark
    public int submitSm() {
        if (out.length() > SPACE - 1000) {
            out.clear(SPACE);
        }
        SubmitEncoder.encode(submit, ++sequenceNumber, out);
        return out.length();
    }

    @Benchmark
    public ByteBuf submitSmOfTheLibrary() throws Exception {
        SubmitSm pdu = new SubmitSm();
        pdu.setSequenceNumber(++sequenceNumber);
        pdu.setSourceAddress(new Address((byte) 5, (byte) 0, submit.source().number()));
        pdu.setDestAddress(new Address((byte) 1, (byte) 1, submit.destination().number()));
        pdu.setRegisteredDelivery((byte) 1);
        pdu.setShortMessage(submit.shortMessage());
        return library.encode(pdu);
    }

    @Benchmark
    public Object submitSmResp() {
        return ours.messageId(answer, 0, answer.length);
    }

    @Benchmark
    public Pdu submitSmRespOfTheLibrary() throws Exception {
        return library.decode(Unpooled.wrappedBuffer(answer));
    }

    @Benchmark
    public Object deliverSm() {
        return ours.deliverSm(receipt, 0, receipt.length);
    }

    @Benchmark
    public Pdu deliverSmOfTheLibrary() throws Exception {
        return library.decode(Unpooled.wrappedBuffer(receipt));
    }
}
