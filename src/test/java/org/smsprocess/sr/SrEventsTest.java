// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smsprocess.delivery.log.FinalStatus;

/** The journaled octets of schema version 1. They must be read for ever: never change these samples, add new ones. */
class SrEventsTest {
    private static final String EVENT_V1 = hex(
            "01", // version
            "07", // ordinal 7
            "e807", // at 1000 ms
            "05", // logged to 5
            "02", // two mappings
            "0102030405060708", // key
            "8050", // zigzag(2560) * 2: MT 2560, part 1
            "1122334455667788", // key
            "05", // zigzag(1) * 2 + 1: MT 2561, a later part
            "03", // part 3
            "03", // three words
            "0744454c49565244", // DELIVRD
            "03303030", // 000
            "07554e44454c4956", // UNDELIV
            "02", // two statuses
            "8150", // MT 2560, delivered
            "00", // DELIVRD
            "01", // 000
            "0461316232", // a1b2
            "13", // zigzag(-10): at 990 ms
            "02", // zigzag(-1) * 2... MT 2559, failed
            "02", // UNDELIV
            "01", // 000
            "0137", // 7
            "00", // at 1000 ms
            "01", // something expired:
            "2a", // older than 42 epochs
            "06"); // later parts older than 6

    private static final SrEvent EVENT = new SrEvent(
            7,
            1000,
            5,
            List.of(new Mapping(0x0102030405060708L, 2560, 1), new Mapping(0x1122334455667788L, 2561, 3)),
            List.of(
                    new FinalStatus(2560, true, "a1b2", "DELIVRD", "000", 990),
                    new FinalStatus(2559, false, "7", "UNDELIV", "000", 1000)),
            new SrEvent.Expired(42, 6));

    private static final String EMPTY_EVENT_V1 = hex("01", "01", "00", "00", "00", "00", "00", "00");

    private static final String SNAPSHOT_V1 = hex(
            "01", // version
            "09", // ordinal 9
            "02", // two entries
            "0000000000000001" + "0000000000000002", // keys
            "0000000000000800" + "fffffffffffff800", // packed
            "01" + "0000000000000001", // one final
            "01" + "00000000000003e8", // one mark: 1000 ms
            "01", // one event not in the log
            "08", // ordinal 8
            "02" + "0744454c49565244" + "00", // DELIVRD, and no err
            "01" + "05" + "00" + "01" + "0178" + "d00f"); // MT 1, delivered, x, at 1000 ms

    private static final SrSnapshot SNAPSHOT = new SrSnapshot(
            9,
            new long[] {1, 2},
            new long[] {0x800, 0xfffffffffffff800L},
            new long[] {1},
            new long[] {1000},
            List.of(Map.entry(8L, List.of(new FinalStatus(1, true, "x", "DELIVRD", "", 1000)))));

    @Test
    void eventsOfVersion1AreWrittenAndRead() {
        assertThat(HexFormat.of().formatHex(SrEvents.write(EVENT))).isEqualTo(EVENT_V1);
        assertThat(SrEvents.readEvent(HexFormat.of().parseHex(EVENT_V1))).isEqualTo(EVENT);
    }

    @Test
    void emptyEventsOfVersion1AreWrittenAndRead() {
        SrEvent empty = new SrEvent(1, 0, 0, List.of(), List.of(), null);

        assertThat(HexFormat.of().formatHex(SrEvents.write(empty))).isEqualTo(EMPTY_EVENT_V1);
        assertThat(SrEvents.readEvent(HexFormat.of().parseHex(EMPTY_EVENT_V1))).isEqualTo(empty);
    }

    @Test
    void snapshotsOfVersion1AreWrittenAndRead() {
        assertThat(HexFormat.of().formatHex(SrEvents.write(SNAPSHOT))).isEqualTo(SNAPSHOT_V1);
        assertThat(SrEvents.readSnapshot(HexFormat.of().parseHex(SNAPSHOT_V1))).isEqualTo(SNAPSHOT);
    }

    @Test
    void largeIdsAndTimesSurvive() {
        SrEvent event = new SrEvent(
                Long.MAX_VALUE,
                4_102_444_800_000L,
                Long.MAX_VALUE - 1,
                List.of(new Mapping(-1, Packed.MAX_MT_ID, 255), new Mapping(Long.MIN_VALUE, 1, 2)),
                List.of(new FinalStatus(Packed.MAX_MT_ID, false, "é-€-😀", "x", "", 0)),
                null);

        assertThat(SrEvents.readEvent(SrEvents.write(event))).isEqualTo(event);
    }

    @Test
    void aNewerVersionIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SrEvents.readEvent(new byte[] {2, 0}))
                .withMessageContaining("version 2");
        assertThatIllegalStateException().isThrownBy(() -> SrEvents.readSnapshot(new byte[] {9}));
    }

    @Test
    void cutOctetsAreRefused() {
        byte[] octets = HexFormat.of().parseHex(EVENT_V1);
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThatIllegalStateException().as("%s octets", length).isThrownBy(() -> SrEvents.readEvent(cut));
        }
    }

    private static String hex(String... fields) {
        return String.join("", fields);
    }
}
