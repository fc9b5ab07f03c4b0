// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.SrSettings.IdFormat;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/**
 * Receipts with octets changed, cut off, doubled and put together anew, in every place an SR can be, read by accounts of every kind: no
 * exception, and no reading that takes long. Runs 2 s; {@code -Dfuzz.seconds=60 -Dfuzz.seed=…} for longer or again.
 */
class SrReaderFuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 2);
    private static final long SEED = Long.getLong("fuzz.seed", 20260102);
    private static final long TOO_LONG_NANOS = 2_000_000_000L; // a pause of the machine is no finding
    private static final int[] TAGS = {0x001E, 0x0427, 0x0423, 0x0424, 0x0204, 0x1403};
    private static final int[] ESM_CLASSES = {0, 0x04, 0x08, 0x10, 0x20, 0x40, 0x44};
    private static final List<String> WORDS = List.of(
            "id:",
            "ID:",
            "id:0123456789",
            "id:a1b2c3d4-e5f6-7890-abcd-ef0123456789",
            "id:null",
            "sub:001",
            "dlvrd:...",
            "submit date:2611220000",
            "done date:000000000000",
            "stat:",
            "stat:DELIVRD",
            "stat:UNDELIV",
            "stat:0",
            "err:",
            "err:000",
            "err:-1",
            "text:",
            "Text:",
            "TEXT:",
            ":",
            "::",
            "\0",
            "\n",
            "\u00FF",
            "1e309",
            "0x",
            "99999999999999999999999");

    private final Random random = new Random(SEED);

    @Test
    void nothingThatArrivesMakesTheReaderFail() {
        List<SrReader> readers = readers();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        long cases = 0;
        long reports = 0;
        while (System.nanoTime() < end || cases <= 1000) {
            Inbound inbound = inbound();
            for (SrReader reader : readers) {
                long begin = System.nanoTime();
                try {
                    Optional<StatusReport> report = reader.read(inbound, 1, 1000);
                    reports += report.isPresent() ? 1 : 0;
                    report.ifPresent(found -> reader.learned(random.nextInt(8)));
                } catch (RuntimeException found) {
                    throw new AssertionError("seed " + SEED + ": " + shown(inbound), found);
                }
                assertThat(System.nanoTime() - begin)
                        .describedAs("seed %s: %s", SEED, shown(inbound))
                        .isLessThan(TOO_LONG_NANOS);
            }
            cases++;
        }

        assertThat(cases).isGreaterThan(1000);
        assertThat(reports).isGreaterThan(cases);
    }

    private static List<SrReader> readers() {
        List<SrReader> readers = new ArrayList<>();
        for (IdFormat format : IdFormat.values()) {
            String formats = "id-format { mt = %1$s, sr = %1$s }"
                    .formatted(format.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            readers.add(
                    ReadingFixtures.reader(TestAccounts.account("acme", formats).sr()));
            readers.add(ReadingFixtures.reader(TestAccounts.account(
                            "acme",
                            formats,
                            "sr { by-text = true, match-recipient = 7, user-message-reference = true, optional-fields = true }",
                            "sr { text-field = true, id-regex = \"(?:i|id)+:(.*)\", status-regex = \"t:((?:[A-Z]+)*)\" }")
                    .sr()));
        }
        return readers;
    }

    private Inbound inbound() {
        List<Tlv> tlvs = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            tlvs.add(new Tlv(TAGS[random.nextInt(TAGS.length)], octets()));
        }
        return new Inbound(
                random.nextInt(4) == 0 ? Inbound.DATA_SM : Inbound.DELIVER_SM,
                random.nextInt(),
                new SmppAddress(1, 1, text().replace('\0', ' ')),
                new SmppAddress(0, 1, "12345"),
                random.nextInt(8) == 0 ? random.nextInt(256) : ESM_CLASSES[random.nextInt(ESM_CLASSES.length)],
                random.nextInt(256),
                octets(),
                tlvs);
    }

    private byte[] octets() {
        byte[] octets = text().getBytes(ISO_8859_1);
        for (int changes = random.nextInt(4); changes > 0 && octets.length > 0; changes--) {
            switch (random.nextInt(3)) {
                case 0 -> octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
                case 1 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length) + 1);
                default -> octets = Arrays.copyOf(octets, octets.length + random.nextInt(8));
            }
        }
        return octets;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(14); words > 0; words--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
            text.append(random.nextInt(6) == 0 ? "" : " ");
        }
        return random.nextInt(50) == 0 ? text.toString().repeat(40) : text.toString();
    }

    private static String shown(Inbound inbound) {
        StringBuilder shown = new StringBuilder("esm_class %d, source '%s', text %s"
                .formatted(
                        inbound.esmClass(),
                        inbound.source().number(),
                        HexFormat.of().formatHex(inbound.shortMessage())));
        inbound.tlvs()
                .forEach(tlv -> shown.append(
                        ", TLV %04x %s".formatted(tlv.tag(), HexFormat.of().formatHex(tlv.value()))));
        return shown.toString();
    }
}
