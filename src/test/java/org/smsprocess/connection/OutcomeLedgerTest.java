// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.connection.preparing.LongMt;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.LongMtProgress;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.sr.Mapping;
import org.smsprocess.sr.reading.IdNormaliser;
import org.smsprocess.sr.reading.MessageReference;
import org.smsprocess.sr.reading.ProviderKey;

class OutcomeLedgerTest {
    private static final long MT = 7 * 1024;
    private static final int REFERENCE = 77;
    private static final SmppAddress NUMBER = new SmppAddress(1, 1, "41791234567");
    private static final Submit.Fields FIELDS = new Submit.Fields("", 0, true, 0, 0, null, null, 0);

    private final OutcomeLedger ledger = ledger();

    @Test
    void partOneOfALongMessageLeavesWhenTheOthersWereAcceptedAndSettlesTheWhole() {
        ledger.expect(List.of(longMt(submit(1))));
        assertThat(ledger.takeDueFirsts()).isEmpty();
        ledger.add(answer(2, CommandStatus.ESME_ROK), 1000);
        assertThat(ledger.takeDueFirsts()).extracting(Submit::part).containsExactly(1);
        assertThat(ledger.take(100).settlements()).isEmpty();

        ledger.add(answer(1, CommandStatus.ESME_ROK), 1000);

        OutcomeLedger.Batch decided = ledger.take(100);
        assertThat(decided.settlements()).extracting(Settlement::kind).containsExactly(Settlement.Kind.SENT);
        assertThat(decided.mappings()).extracting(Mapping::part).containsExactly(1);
    }

    @Test
    @Tag("sr.unasked")
    void m23_reportsThatNobodyAskedForAreKnownWhereTheAccountExpectsThem() {
        Submit unasked = new Submit(MT, 1, 1, NUMBER, NUMBER, FIELDS, 0, new byte[0], List.of());
        SubmitOutcome accepted = new SubmitOutcome(unasked, Kind.ANSWERED, CommandStatus.ESME_ROK, "id", 0);
        ledger.add(accepted, 1000);
        assertThat(ledger.take(100).mappings()).isEmpty();

        OutcomeLedger expecting = ledger("sr.unasked = true");
        expecting.add(accepted, 1000);

        assertThat(expecting.take(100).mappings()).containsExactly(new Mapping(ProviderKey.of("id"), MT, 1));
    }

    @Test
    @Tag("sr.match-recipient")
    void theNumberIsAPartOfTheIdWhereTheAccountSaysSo() {
        OutcomeLedger guarding = ledger("sr.match-recipient = 7");
        Submit submit = new Submit(MT, 1, 1, NUMBER, NUMBER, FIELDS, 1, new byte[0], List.of());
        guarding.add(new SubmitOutcome(submit, Kind.ANSWERED, CommandStatus.ESME_ROK, "id", 0), 1000);

        assertThat(guarding.take(100).mappings())
                .containsExactly(new Mapping(ProviderKey.of("id\u001F1234567"), MT, 1));
    }

    @Test
    void partOneIsNotWrittenWhileAnotherPartIsThrottledAndTheLinkEnds() {
        ledger.expect(List.of(longMt(submit(1))));
        ledger.add(answer(2, CommandStatus.ESME_RTHROTTLED), 1000); // to be submitted once more
        ledger.takeThrottled();
        ledger.add(new SubmitOutcome(submit(2), Kind.NOT_SENT, 0, null, 0), 1000);
        ledger.linkEnded(1000);

        assertThat(ledger.takeDueFirsts()).isEmpty();
        OutcomeLedger.Batch batch = ledger.take(100);
        assertThat(batch.settlements()).extracting(Settlement::kind).containsExactly(Settlement.Kind.REQUEUE);
        assertThat(batch.mappings()).isEmpty();
    }

    @Test
    void aPartPutOffTakesTheWholeBackWithoutPartOneHavingBeenWritten() {
        ledger.expect(List.of(longMt(submit(1))));
        ledger.add(answer(2, CommandStatus.ESME_RSYSERR), 1000);

        assertThat(ledger.takeDueFirsts()).isEmpty();
        OutcomeLedger.Batch batch = ledger.take(100);
        assertThat(batch.settlements()).extracting(Settlement::kind).containsExactly(Settlement.Kind.RETRY);
        assertThat(batch.mappings()).isEmpty();
    }

    @Test
    void acceptedPartsAreRememberedWhenTheLinkEndsBeforePartOne() {
        ledger.expect(List.of(longMt(submit(1))));
        ledger.add(answer(2, CommandStatus.ESME_ROK), 1000);
        ledger.linkEnded(1000);

        assertThat(ledger.takeDueFirsts()).isEmpty();
        assertThat(ledger.take(100).settlements())
                .extracting(Settlement::kind, Settlement::progress)
                .containsExactly(tuple(Settlement.Kind.REQUEUE, new LongMtProgress(REFERENCE, 2, 0, List.of(2))));
    }

    @Test
    void theLateAnswerToPartOneSettlesTheWhole() {
        ledger.expect(List.of(longMt(submit(1))));
        ledger.add(answer(2, CommandStatus.ESME_ROK), 1000);
        ledger.add(new SubmitOutcome(submit(1), Kind.TIMED_OUT, 0, null, 0), 1000);
        assertThat(ledger.take(100).settlements())
                .extracting(Settlement::kind)
                .containsExactly(Settlement.Kind.IN_DOUBT);

        ledger.add(new SubmitOutcome(submit(1), Kind.LATE_ANSWER, CommandStatus.ESME_ROK, "id1", 0), 2000);

        OutcomeLedger.Batch late = ledger.take(100);
        assertThat(late.settlements()).extracting(Settlement::kind).containsExactly(Settlement.Kind.SENT);
        assertThat(late.settlements()).extracting(Settlement::parts).containsExactly(2);
        assertThat(late.mappings()).extracting(Mapping::part).containsExactly(1);
    }

    @Test
    void aMessageInDoubtIsKnownByItsReferenceUnlessAnotherPartIsMissing() {
        ledger.add(new SubmitOutcome(referenced(1, 1), Kind.LINK_LOST, 0, null, 0), 1000);
        assertThat(ledger.take(100).mappings()).extracting(Mapping::part).containsExactly(0);

        ledger.expect(List.of(longMt(referenced(1, 2))));
        ledger.add(new SubmitOutcome(referenced(2, 2), Kind.LINK_LOST, 0, null, 0), 1000);
        assertThat(ledger.take(100).mappings()).isEmpty();

        ledger.expect(List.of(longMt(referenced(1, 2))));
        ledger.add(new SubmitOutcome(referenced(2, 2), Kind.ANSWERED, CommandStatus.ESME_ROK, "id2", 0), 1000);
        ledger.add(new SubmitOutcome(referenced(1, 2), Kind.LINK_LOST, 0, null, 0), 1000);
        assertThat(ledger.take(100).mappings()).extracting(Mapping::part).contains(0);
    }

    private static LongMt longMt(Submit first) {
        return new LongMt(first, first.parts() - 1, REFERENCE, List.of());
    }

    private static Submit referenced(int part, int parts) {
        return new Submit(MT, part, parts, NUMBER, NUMBER, FIELDS, 1, new byte[0], List.of(MessageReference.tlv(MT)));
    }

    private static SubmitOutcome answer(int part, int status) {
        return new SubmitOutcome(submit(part), Kind.ANSWERED, status, "id" + part, 0);
    }

    private static Submit submit(int part) {
        return new Submit(MT, part, 2, NUMBER, NUMBER, FIELDS, part == 1 ? 1 : 0, new byte[0], List.of());
    }

    private static OutcomeLedger ledger(String... settings) {
        AccountSettings account = TestAccounts.account("acme", settings);
        IdNormaliser ids =
                new IdNormaliser("acme", account.sr().mtIdFormat(), account.sr().srIdFormat());
        OutcomeLedger ledger = new OutcomeLedger(account, ids);
        List<QueuedMt> messages = List.of(new QueuedMt(MT, "+41791234567", "long", null, 0, false));
        ledger.open(new ClaimedPart(7, 1, DeliverySettings.DEFAULT, null, 1, messages));
        return ledger;
    }
}
