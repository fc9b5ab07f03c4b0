// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.reading.ReadingFixtures.deliverSm;
import static org.smsprocess.sr.reading.ReadingFixtures.reader;
import static org.smsprocess.sr.reading.ReadingFixtures.tlv;

import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.account.SrSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/** What each setting of an account about SR does to an SR, from HOCON on. */
class SrSettingsEffectTest {
    private static final String RECEIPT =
            "id:12 ref:99 stat:DELIVRD state:KAPUTT err:000 code:E-17 text:x stat:EXPIRED";

    @Test
    @Observes("sr.id-regex")
    void idRegexFindsTheId() {
        assertThat(read(RECEIPT, "sr.id-regex = \"ref:([0-9]+)\"").providerId()).isEqualTo("99");
        assertThat(read(RECEIPT).providerId()).isEqualTo("12");
    }

    @Test
    @Observes("sr.status-regex")
    void statusRegexFindsTheStat() {
        assertThat(read(RECEIPT, "sr.status-regex = \"state:([A-Z]+)\"").stat()).isEqualTo("KAPUTT");
    }

    @Test
    @Observes("sr.success-regex")
    void successRegexTellsDelivered() {
        StatusReport report = read(RECEIPT, "sr.status-regex = \"state:([A-Z]+)\"", "sr.success-regex = \"^KAPUTT$\"");

        assertThat(report.meaning()).isEqualTo(Meaning.DELIVERED);
    }

    @Test
    @Observes("sr.error-regex")
    void errorRegexTellsFailed() {
        assertThat(read(RECEIPT, "sr.status-regex = \"state:([A-Z]+)\"", "sr.error-regex = \"^KAP\"")
                        .meaning())
                .isEqualTo(Meaning.FAILED);
        assertThat(read(RECEIPT, "sr.status-regex = \"state:([A-Z]+)\"").meaning())
                .isEqualTo(Meaning.INTERMEDIATE);
    }

    @Test
    @Observes("sr.error-code-regex")
    void errorCodeRegexFindsTheErr() {
        assertThat(read(RECEIPT, "sr.error-code-regex = \"code:([A-Z0-9-]+)\"").err())
                .isEqualTo("E-17");
    }

    @Test
    @Observes("sr.optional-fields")
    void optionalFieldsAreSeenByTheExpressions() {
        Tlv vendor = tlv(0x1403, "55");
        String byTlv = "sr.error-code-regex = \"0x1403:([0-9]+)\"";

        assertThat(read(RECEIPT, vendor, byTlv, "sr.optional-fields = true").err())
                .isEqualTo("55");
        assertThat(read(RECEIPT, vendor, byTlv, "sr.optional-fields = false").err())
                .isEqualTo("000");
    }

    @Test
    @Observes("sr.text-field")
    void textFieldIsSeenByTheExpressions() {
        String last = "sr.status-regex = \"stat:([A-Z]+)$\"";

        assertThat(read(RECEIPT, last, "sr.text-field = true").stat()).isEqualTo("EXPIRED");
        assertThat(read(RECEIPT, last, "sr.text-field = false").stat()).isEqualTo("DELIVRD");
    }

    /** What id-format.mt and id-format.sr make of the ids of both sides. */
    @Test
    @Observes({"id-format.mt", "id-format.sr"})
    void idFormatsMakeIdsEqual() {
        assertThat(mtId("bc614e", "id-format.mt = hex-number")).isEqualTo("12345678");
        assertThat(read("id:0012345678 stat:DELIVRD", "id-format.sr = decimal").providerId())
                .isEqualTo("12345678");
        assertThat(mtId("12", "id-format.mt = hex-string")).isEqualTo("3132");
        assertThat(read("id:3132 stat:DELIVRD", "id-format.sr = verbatim").providerId())
                .isEqualTo("3132");
        assertThat(read("id:12345678 stat:DELIVRD", "id-format.sr = auto").alternatives())
                .extracting("providerId")
                .contains(mtId("BC614E", "id-format.mt = auto"));
    }

    private static String mtId(String id, String line) {
        SrSettings settings = TestAccounts.account("acme", line).sr();
        return new IdNormaliser("acme", settings.mtIdFormat(), settings.srIdFormat()).normaliseMt(id);
    }

    private static StatusReport read(String text, String... lines) {
        return reader(TestAccounts.account("acme", lines).sr())
                .read(deliverSm(4, text), 1, 1)
                .orElseThrow();
    }

    private static StatusReport read(String text, Tlv tlv, String... lines) {
        return reader(TestAccounts.account("acme", lines).sr())
                .read(deliverSm(4, text, tlv), 1, 1)
                .orElseThrow();
    }
}
