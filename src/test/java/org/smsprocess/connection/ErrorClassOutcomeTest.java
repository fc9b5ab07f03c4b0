// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.connection.preparing.Prepared;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.sr.reading.IdNormaliser;

/** What the answer to a SUBMIT_SM makes of its message. */
class ErrorClassOutcomeTest {
    @ParameterizedTest
    @Tag("M6")
    @CsvSource({"0x08, RETRY", "0x64, RETRY", "0x0B, FAILED", "0x400, FAILED", "0x04, REQUEUE"})
    void theClassOfTheStatusDecides(String status, Settlement.Kind kind) {
        OutcomeLedger ledger = ledger();

        ledger.add(answered(Integer.decode(status)), 1_000);

        assertThat(ledger.take(10).settlements()).extracting(Settlement::kind).containsExactly(kind);
    }

    @Test
    @Tag("M10")
    void aFullQueueOfOneRecipientDelaysThisRecipientOnly() {
        OutcomeLedger ledger = ledger();

        ledger.add(answered(0x14), 1_000);

        assertThat(ledger.takeThrottled()).isEmpty();
        assertThat(ledger.takeReconnectReason()).isNull();
        assertThat(ledger.take(10).settlements()).extracting(Settlement::kind).containsExactly(Settlement.Kind.RETRY);
    }

    @Test
    @Tag("M7")
    @Observes("error-classes")
    void whatTheAccountMapsToThrottleKeepsItsPlaceAndSpendsNoRetry() {
        OutcomeLedger ledger = ledger("error-classes { 0x14 = throttle, \"0x400-0x4FF\" = throttle }");

        ledger.add(answered(0x58), 1_000);
        ledger.add(answered(0x14), 1_000);
        ledger.add(answered(0x455), 1_000);

        assertThat(ledger.takeThrottled()).hasSize(3);
        assertThat(ledger.take(10).settlements()).isEmpty();
    }

    @Test
    void aSessionOfNoUseIsGivenUp() {
        OutcomeLedger ledger = ledger();

        ledger.add(answered(0x04), 1_000);

        assertThat(ledger.takeReconnectReason()).contains("0x00000004");
    }

    @Test
    @Tag("M3")
    void acceptedWithoutAnIdIsSentAndCannotBeCorrelated() {
        OutcomeLedger ledger = ledger();

        ledger.add(new SubmitOutcome(submit(), SubmitOutcome.Kind.ANSWERED, 0, "", 5_000_000, null), 1_000);
        OutcomeLedger.Batch batch = ledger.take(10);

        assertThat(batch.mappings()).isEmpty();
        assertThat(batch.settlements()).extracting(Settlement::kind).containsExactly(Settlement.Kind.SENT);
    }

    private static OutcomeLedger ledger(String... lines) {
        AccountSettings account = TestAccounts.account("acme", lines);
        return new OutcomeLedger(
                account,
                new IdNormaliser("acme", account.sr().mtIdFormat(), account.sr().srIdFormat()));
    }

    private static SubmitOutcome answered(int commandStatus) {
        return new SubmitOutcome(submit(), SubmitOutcome.Kind.ANSWERED, commandStatus, null, 5_000_000, null);
    }

    private static Submit submit() {
        return Prepared.text("Hello").only();
    }
}
