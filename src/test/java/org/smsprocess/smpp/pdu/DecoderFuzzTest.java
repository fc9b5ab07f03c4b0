// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.spec.RawPdu;

/**
 * Octets that follow no rule, and correct PDUs with a few octets changed, cut off or added: no exception may come out of guard,
 * decoder and description. Runs 2 s; {@code -Dfuzz.seconds=60 -Dfuzz.seed=…} for longer or again.
 */
class DecoderFuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 2);
    private static final long SEED = Long.getLong("fuzz.seed", 20260101);

    private final Random random = new Random(SEED);
    private final TolerantDecoder decoder = new TolerantDecoder();

    private final List<byte[]> correct = List.of(
            RawPdu.submitSmResp(1, "0123456789").octets(),
            RawPdu.submitSmResp(2, "a")
                    .tlv("additional_status_info_text", 0x001D, new byte[] {'x', 0})
                    .octets(),
            RawPdu.deliverSm(3, "4917112345", "12345", "id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:")
                    .tlv("receipted_message_id", 0x001E, new byte[] {'1', 0})
                    .tlv("message_state", 0x0427, new byte[] {2})
                    .octets(),
            RawPdu.request(RawPdu.DATA_SM, 4)
                    .hex("service_type", "00")
                    .hex("source", "01 01 31 32 00")
                    .hex("destination", "01 01 31 32 00")
                    .hex("esm_class, registered_delivery, data_coding", "00 00 08")
                    .tlv("message_payload", 0x0424, new byte[100])
                    .octets(),
            RawPdu.response(RawPdu.BIND_TRANSCEIVER, 0, 1)
                    .cString("system_id", "smsc")
                    .tlv("sc_interface_version", 0x0210, new byte[] {0x34})
                    .octets(),
            RawPdu.request(RawPdu.ALERT_NOTIFICATION, 5)
                    .hex("source", "01 01 31 00")
                    .hex("esme", "01 01 31 00")
                    .octets());

    @Test
    void nothingThatArrivesMakesTheDecoderFail() {
        long endNanos = System.nanoTime() + SECONDS * 1_000_000_000L;
        long cases = 0;
        while (System.nanoTime() < endNanos || cases <= 1000) {
            byte[] pdu = random.nextInt(4) == 0 ? noise() : mutated();
            try {
                decodeEveryWay(pdu);
            } catch (RuntimeException found) {
                throw new AssertionError("seed " + SEED + ": " + Octets.hex(pdu, 0, pdu.length), found);
            }
            cases++;
        }

        assertThat(cases).isGreaterThan(1000);
    }

    @Test
    void theGuardEndsEveryStreamOrCutsItOnTheSamePlaces() {
        long endNanos = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < endNanos) {
            FrameGuard guard = new FrameGuard(32, 500);
            int[] seen = new int[2];
            FrameGuard.Sink sink = new FrameGuard.Sink() {
                @Override
                public boolean onPdu(byte[] octets, int offset, int length) {
                    assertThat(length).isBetween(16, 500);
                    decodeEveryWay(Arrays.copyOfRange(octets, offset, offset + length));
                    seen[0]++;
                    return true;
                }

                @Override
                public void onBrokenStream(String reason) {
                    seen[1]++;
                }
            };
            for (int i = 0; i < 50; i++) {
                guard.read(Unpooled.wrappedBuffer(random.nextInt(10) == 0 ? noise() : mutated()), sink);
            }
            assertThat(seen[1]).isLessThanOrEqualTo(1);
        }
    }

    private void decodeEveryWay(byte[] pdu) {
        PduText.describe(pdu, 0, pdu.length, random.nextBoolean());
        if (pdu.length < 16) {
            return;
        }
        Inbound deliverSm = decoder.deliverSm(pdu, 0, pdu.length);
        if (deliverSm != null) {
            assertThat(deliverSm.shortMessage().length).isLessThanOrEqualTo(255);
            deliverSm.tlv(0x001E);
        }
        decoder.dataSm(pdu, 0, pdu.length);
        decoder.messageId(pdu, 0, pdu.length);
        decoder.statusText();
    }

    private byte[] noise() {
        byte[] octets = new byte[random.nextInt(200)];
        random.nextBytes(octets);
        return octets;
    }

    private byte[] mutated() {
        byte[] pdu = correct.get(random.nextInt(correct.size())).clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            switch (random.nextInt(4)) {
                case 0 -> pdu[random.nextInt(pdu.length)] = (byte) random.nextInt(256);
                case 1 -> pdu = Arrays.copyOf(pdu, 1 + random.nextInt(pdu.length));
                case 2 -> pdu = Arrays.copyOf(pdu, pdu.length + random.nextInt(8));
                default -> pdu[random.nextInt(pdu.length)] = (byte) (random.nextBoolean() ? 0 : 0xFF);
            }
        }
        if (pdu.length >= 4 && random.nextInt(3) > 0) { // mostly with a length that is true, to get past the guard
            pdu[0] = 0;
            pdu[1] = 0;
            pdu[2] = (byte) (pdu.length >> 8);
            pdu[3] = (byte) pdu.length;
        }
        return pdu;
    }
}
