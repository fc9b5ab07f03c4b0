// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.mo.MoFixtures.ascii;
import static org.smsprocess.mo.MoFixtures.deliver;
import static org.smsprocess.mo.MoFixtures.octets;
import static org.smsprocess.mo.MoFixtures.segment;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.mo.MoFixtures;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.Tlv;

class SegmentReaderTest {
    private static final int UDHI = 0x40;

    /** O1: 3GPP TS 23.040 §9.2.3.24: elements in any order and company; 0x05 ports, 0x24 single shift, 0x25 locking shift. */
    @ParameterizedTest
    @CsvSource({
        "05 00 03 A7 02 01,                   167,  8, 2, 1",
        "06 08 04 01 A7 03 02,                423, 16, 3, 2",
        "0B 05 04 0B84 23F0 00 03 A7 02 02,   167,  8, 2, 2",
        "0B 00 03 A7 02 02 05 04 0B84 23F0,   167,  8, 2, 2",
        "08 24 01 01 00 03 05 02 01,            5,  8, 2, 1",
        "0B 25 01 01 24 01 01 00 03 05 02 01,   5,  8, 2, 1",
    })
    void findsConcatenationAmongOtherElements(String udh, int reference, int width, int total, int number) {
        Segment segment = segment(deliver(UDHI, 0, octets(udh + " 48 69")));

        assertThat(segment.concat()).isEqualTo(new Concat(reference, width, total, number));
        assertThat(segment.udh()).isEqualTo(octets(udh));
        assertThat(segment.octets()).isEqualTo(ascii("Hi"));
        assertThat(segment.isMalformed()).isFalse();
    }

    /** O2: the header announced is not there; everything is content and nothing is lost. */
    @ParameterizedTest
    @CsvSource({"50 00 03 A7 02 01 48", "05 00 09 A7 02 01 48", "05", "48 69"})
    void keepsEverythingWhenTheHeaderLies(String shortMessage) {
        Segment segment = segment(deliver(UDHI, 0, octets(shortMessage)));

        assertThat(segment.concat()).isNull();
        assertThat(segment.octets()).isEqualTo(octets(shortMessage));
        assertThat(segment.isMalformed()).isTrue();
    }

    /** O3: sar_msg_ref_num, sar_total_segments, sar_segment_seqnum (SMPP 3.4 §5.3.2.22 to §5.3.2.24). */
    @Test
    void acceptsSarTlvs() {
        Segment segment = segment(deliver(
                0,
                0,
                ascii("Hi"),
                new Tlv(0x020C, octets("01 A7")),
                new Tlv(0x020E, octets("03")),
                new Tlv(0x020F, octets("02"))));

        assertThat(segment.concat()).isEqualTo(new Concat(423, 16, 3, 2));
        assertThat(segment.octets()).isEqualTo(ascii("Hi"));
        assertThat(segment.tlvs()).isEmpty();
    }

    /** O3: a header without the UDHI bit. */
    @Test
    void acceptsAHeaderThatWasNotAnnounced() {
        assertThat(segment(deliver(0, 0, octets("05 00 03 A7 02 01 48"))).concat())
                .isEqualTo(new Concat(167, 8, 2, 1));
        assertThat(segment(deliver(0, 0, octets("06 08 04 01 A7 02 01 48"))).concat())
                .isEqualTo(new Concat(423, 16, 2, 1));
    }

    /** O3: text that merely begins like one. */
    @ParameterizedTest
    @CsvSource({"05 00 03 A7 02 03 48", "05 00 03 A7 01 01 48", "05 00 03 A7 02", "05 00 04 A7 02 01 48"})
    void leavesTextThatOnlyLooksLikeAHeader(String shortMessage) {
        Segment segment = segment(deliver(0, 0, octets(shortMessage)));

        assertThat(segment.concat()).isNull();
        assertThat(segment.octets()).isEqualTo(octets(shortMessage));
    }

    /** O5: one part in all, part 0, part beyond the last: a single MO, without the header. */
    @ParameterizedTest
    @CsvSource({"01 01", "02 00", "02 03", "00 00", "00 01"})
    void takesSenselessNumbersForASingleMo(String totalAndNumber) {
        Segment segment = segment(deliver(UDHI, 0, octets("05 00 03 A7 " + totalAndNumber + " 48 69")));

        assertThat(segment.concat()).isNull();
        assertThat(segment.octets()).isEqualTo(ascii("Hi"));
        assertThat(segment.isMalformed()).isFalse();
    }

    @Test
    void takesTheContentFromMessagePayload() {
        Segment segment = segment(deliver(UDHI, 0, ascii("?"), new Tlv(0x0424, octets("05 00 03 A7 02 01 48 69"))));

        assertThat(segment.concat()).isEqualTo(new Concat(167, 8, 2, 1));
        assertThat(segment.octets()).isEqualTo(ascii("Hi"));
    }

    @Test
    void keepsOtherTlvs() {
        Tlv own = new Tlv(0x1400, octets("01"));

        assertThat(segment(deliver(0, 0, ascii("Hi"), own)).tlvs()).containsExactly(own);
    }

    @Test
    void losesNoOctetOfAnything() {
        Random random = new Random(20260101);
        for (int i = 0; i < 20_000; i++) {
            byte[] shortMessage = new byte[random.nextInt(24)];
            random.nextBytes(shortMessage);
            if (shortMessage.length > 0 && random.nextBoolean()) {
                shortMessage[0] = (byte) random.nextInt(12);
            }
            Segment segment = segment(new Inbound(
                    Inbound.DELIVER_SM,
                    1,
                    MoFixtures.PHONE,
                    MoFixtures.SHORT_CODE,
                    random.nextBoolean() ? UDHI : 0,
                    0,
                    shortMessage,
                    List.of()));

            assertThat(segment.udh().length + segment.octets().length).isEqualTo(shortMessage.length);
        }
    }
}
