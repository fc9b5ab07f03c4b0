// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.SmppAddress;

class LinkHearingTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
    private static final SmppAddress SENDER = new SmppAddress(1, 1, "491700000001");
    private static final Inbound MO =
            new Inbound(Inbound.DELIVER_SM, 7, SENDER, SENDER, 0, 0, new byte[] {'h', 'i'}, List.of());

    private final AtomicLong nanos = new AtomicLong();
    private final HeldLease lease = new HeldLease("acme/0/0", 1, 100);
    private final TestProbe<InboundDesk.Command> desk = KIT.createTestProbe();
    private final TestProbe<Recorder.Command> recorder = KIT.createTestProbe();
    private final TestProbe<Session.Command> session = KIT.createTestProbe();
    private final List<InboundAnswer> answers = new ArrayList<>();
    private final LinkHearing hearing =
            new LinkHearing(lease, nanos::get, desk.getRef(), recorder.getRef(), session.getRef());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void whatArrivesUnderTheLeaseIsHandled() {
        nanos.set(99);
        hearing.inbound(List.of(MO), answers::addAll);

        assertThat(desk.expectMessageClass(InboundDesk.Arrived.class).inbound()).containsExactly(MO);
        assertThat(answers).isEmpty();
    }

    @Test
    void whatArrivesAfterItIsLeftToTheSmsc() {
        nanos.set(100);
        hearing.inbound(List.of(MO), answers::addAll);

        desk.expectNoMessage();
        assertThat(answers).containsExactly(new InboundAnswer(Inbound.DELIVER_SM, 7, CommandStatus.ESME_RX_T_APPN));
    }
}
