// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;

/** Measures, by hand, what a DELIVER_SM and its answer cost: {@code InboundSpeed [messages]}. Not a test. */
final class InboundSpeed {
    private static final int BURST = 1000;

    private InboundSpeed() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
        byte[] burst = burst();
        try (LinkFixture fixture = new LinkFixture()) {
            fixture.maxUnanswered = 100_000;
            for (int round = 0; round < 5; round++) {
                CompletableFuture<SmppLink> link = new CompletableFuture<>();
                var bound = fixture.connector
                        .bind(fixture.settings(), answering(link))
                        .toCompletableFuture();
                RawSession session = fixture.smsc.acceptBind();
                link.complete(bound.get());
                long cpu = cpu();
                long start = System.nanoTime();
                for (int sent = 0; sent < messages; sent += BURST) {
                    session.sendOctets(burst);
                    session.skip(BURST * 17); // as many answers
                }
                long nanos = System.nanoTime() - start;
                System.out.printf(
                        "%,d msg/s, CPU per message of the link: %.0f ns%n",
                        messages * 1_000_000_000L / nanos, (cpu() - cpu) / (double) messages);
                link.get().close("done");
            }
        }
    }

    private static LinkListener answering(CompletableFuture<SmppLink> link) {
        return new LinkListener() {
            @Override
            public void onOutcomes(List<SubmitOutcome> outcomes) {}

            @Override
            public void onInbound(List<Inbound> inbound) {
                List<InboundAnswer> answers = new ArrayList<>(inbound.size());
                for (Inbound pdu : inbound) {
                    answers.add(new InboundAnswer(pdu.commandId(), pdu.sequenceNumber(), 0));
                }
                link.join().answer(answers);
            }

            @Override
            public void onClosed(String reason) {}
        };
    }

    private static byte[] burst() {
        String text =
                "id:0123456789 sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:DELIVRD err:000 text:hello";
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < BURST; i++) {
            out.writeBytes(RawPdu.deliverSm(i, "491711234567", "12345", text).octets());
        }
        return out.toByteArray();
    }

    private static long cpu() {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("smpp-")) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }
}
