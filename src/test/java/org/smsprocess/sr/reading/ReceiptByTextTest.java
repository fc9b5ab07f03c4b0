// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.reading.ReadingFixtures.deliverSm;
import static org.smsprocess.sr.reading.ReadingFixtures.reader;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.sr.reading.StatusReport.Candidate;

/** SR that only their text makes one, and the guard against forged ones. */
class ReceiptByTextTest {
    private static final String RECEIPT =
            "id:0123456789 sub:001 dlvrd:001 submit date:2611220000 done date:2611220001 stat:DELIVRD err:000 text:hi";

    @Test
    @Tag("D5")
    @Tag("sr.by-text")
    void d5_aReceiptWithEsmClass0IsAnSrOnlyWhereTheAccountSaysSo() {
        assertThat(read(RECEIPT)).isEmpty();
        assertThat(read(RECEIPT, "sr.by-text = true"))
                .hasValueSatisfying(report -> assertThat(report.providerId()).isEqualTo("0123456789"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stop",
                "id:12",
                "stat:DELIVRD",
                "my id:12 and stat:QUERYING",
                "hello text:id:12 stat:DELIVRD"
            })
    void whatIsNoWholeReceiptStaysAnMo(String text) {
        assertThat(read(text, "sr.by-text = true")).isEmpty();
    }

    @Test
    @Tag("D26")
    @Tag("sr.match-recipient")
    void theNumberMustFitWhereTheSrComesFromOrGoesTo() {
        StatusReport report =
                read(RECEIPT, "sr.by-text = true", "sr.match-recipient = 7").orElseThrow();

        // ReadingFixtures: from 33600000001 to 12345
        assertThat(report.providerId()).isEqualTo(RecipientGuard.guarded("0123456789", "+33 600000001", 7));
        assertThat(report.alternatives())
                .extracting(Candidate::providerId)
                .containsExactly(RecipientGuard.guarded("0123456789", "12345", 7));
        assertThat(report.key()).isNotEqualTo(ProviderKey.of("0123456789"));
    }

    @Test
    void theGuardComparesTheLastDigitsOnly() {
        assertThat(RecipientGuard.guarded("a", "+34600000001", 7))
                .isEqualTo(RecipientGuard.guarded("a", "600 000 001", 7));
        assertThat(RecipientGuard.guarded("a", "34600000001", 7))
                .isNotEqualTo(RecipientGuard.guarded("a", "34600000002", 7));
        assertThat(RecipientGuard.guarded("a", "34600000001", 0)).isEqualTo("a");
        assertThat(RecipientGuard.plain(RecipientGuard.guarded("a", "34600000001", 7)))
                .isEqualTo("a");
    }

    private static Optional<StatusReport> read(String text, String... settings) {
        return reader(TestAccounts.account("acme", settings).sr()).read(deliverSm(0, text), 1, 1000);
    }
}
