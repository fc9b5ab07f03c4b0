// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.pdu.SubmitSmResp;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoder;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoderContext;
import com.cloudhopper.smpp.type.Address;
import io.netty.buffer.Unpooled;
import org.smsprocess.spec.RawPdu;

/** Compares, by hand, our octets for the hot PDUs with the library's transcoder. Not a test. */
final class CodecSpeed {
    private static final int COUNT = 5_000_000;

    private CodecSpeed() {}

    public static void main(String[] args) throws Exception {
        Submit submit =
                LinkFixture.submit(1_000_000, "Hello dear customer, your code is 123456. Do not tell it to anybody.");
        byte[] answer = RawPdu.submitSmResp(7, "0123456789").octets();
        byte[] receipt = RawPdu.deliverSm(7, "4917112345", "12345", "id:0123456789 sub:001 dlvrd:001 stat:DELIVRD")
                .octets();
        DefaultPduTranscoder library = new DefaultPduTranscoder(new DefaultPduTranscoderContext());
        TolerantDecoder ours = new TolerantDecoder();
        PduBuffer out = new PduBuffer(1 << 16);
        for (int round = 0; round < 3; round++) {
            time("submit_sm, ours", i -> {
                SubmitEncoder.encode(submit, i, out);
                if (out.length() > 60_000) {
                    out.clear(1 << 16);
                }
            });
            time(
                    "submit_sm, library",
                    i -> library.encode(librarySubmit(submit, i)).readableBytes());
            time("submit_sm_resp, ours", i -> ours.messageId(answer, 0, answer.length));
            time(
                    "submit_sm_resp, library",
                    i -> ((SubmitSmResp) library.decode(Unpooled.wrappedBuffer(answer))).getMessageId());
            time("deliver_sm, ours", i -> ours.deliverSm(receipt, 0, receipt.length));
            time("deliver_sm, library", i -> library.decode(Unpooled.wrappedBuffer(receipt)));
        }
    }

    private static SubmitSm librarySubmit(Submit submit, int sequenceNumber) throws Exception {
        SubmitSm pdu = new SubmitSm();
        pdu.setSequenceNumber(sequenceNumber);
        pdu.setSourceAddress(new Address((byte) 5, (byte) 0, submit.source().number()));
        pdu.setDestAddress(new Address((byte) 1, (byte) 1, submit.destination().number()));
        pdu.setRegisteredDelivery((byte) 1);
        pdu.setShortMessage(submit.shortMessage());
        return pdu;
    }

    private interface Work {
        void run(int i) throws Exception;
    }

    private static void time(String what, Work work) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < COUNT; i++) {
            work.run(i);
        }
        System.out.printf("%-25s %d ns%n", what, (System.nanoTime() - start) / COUNT);
    }
}
