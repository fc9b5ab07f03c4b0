// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.mo.MoProtocol;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.sr.reading.IdNormaliser;
import org.smsprocess.sr.reading.SrReader;
import org.smsprocess.text.ConcatReference;

/** When the SMSC is told to send again what nobody has stored. */
class InboundDeskTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final AtomicLong nanos = new AtomicLong();
    private final TestProbe<MoProtocol.Command> toHandlers = KIT.createTestProbe();
    private final TestProbe<InboundAnswer> answers = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @Observes("connection.inbound-answer-timeout")
    @CsvSource({"5s, true", "30s, false"})
    void whatIsNotStoredInTimeIsAnsweredTemporaryError(String timeout, boolean isAnswered) {
        deliver(desk("inbound-answer-timeout = " + timeout, account("0s")));

        pass(Duration.ofSeconds(4));
        assertNoAnswer();
        pass(Duration.ofSeconds(3));
        if (isAnswered) {
            assertThat(answers.receiveMessage().commandStatus()).isEqualTo(CommandStatus.ESME_RX_T_APPN);
        } else {
            assertNoAnswer();
        }
    }

    /** Or the SR that wait for it would be refused before it is over. */
    @Test
    @Observes("unknown-id-wait")
    void aChangedWaitForIdsHoldsAtOnce() {
        ActorRef<InboundDesk.Command> desk = desk("inbound-answer-timeout = 5s", account("0s"));
        desk.tell(new InboundDesk.Retune(account("10m")));
        deliver(desk);

        pass(Duration.ofMinutes(10));
        assertNoAnswer();
        pass(Duration.ofSeconds(7));
        answers.receiveMessage();
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        TIME.timePasses(Duration.ofSeconds(1)); // of the timer that looks
    }

    private void assertNoAnswer() {
        answers.expectNoMessage(Duration.ZERO);
    }

    private void deliver(ActorRef<InboundDesk.Command> desk) {
        Inbound mo = new Inbound(
                Inbound.DELIVER_SM,
                1,
                new SmppAddress(1, 1, "4912345"),
                new SmppAddress(0, 0, "1234"),
                0,
                0,
                "hello".getBytes(StandardCharsets.US_ASCII),
                List.of());
        desk.tell(new InboundDesk.Arrived(List.of(mo), told -> told.forEach(answers.getRef()::tell)));
        toHandlers.receiveMessage(); // who do not answer
    }

    private static AccountSettings account(String unknownIdWait) {
        return TestAccounts.account("acme", "unknown-id-wait = " + unknownIdWait);
    }

    private ActorRef<InboundDesk.Command> desk(String line, AccountSettings account) {
        return KIT.spawn(InboundDesk.create(account, services(line)));
    }

    @SuppressWarnings("NullAway") // a desk needs no more than these
    private ConnectionServices services(String line) {
        ConnectionServices.SrRoute nobody = new ConnectionServices.SrRoute() {
            @Override
            public int buckets() {
                return 1;
            }

            @Override
            public void tell(String account, int bucket, SrProtocol.Command command) {}
        };
        return new ConnectionServices(
                name -> null,
                null,
                null,
                nobody,
                (account, sender, command) -> toHandlers.getRef().tell(command),
                its -> new SrReader(
                        its.sr(),
                        new IdNormaliser(
                                its.name(), its.sr().mtIdFormat(), its.sr().srIdFormat())),
                null,
                null,
                null,
                Runnable::run,
                new ConcatReference(16),
                null,
                null,
                ClusterSize.ONE,
                ConnectionLimits.from(
                        ConfigFactory.load(ConfigFactory.parseString("sms-process.connection { " + line + " }"))),
                nanos::get,
                Clock.systemUTC());
    }
}
