// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGuardTest {
    private static final int MAX_PDU_SIZE = 1000;

    private final FrameGuard guard = new FrameGuard(256, MAX_PDU_SIZE);
    private final Recording sink = new Recording();

    @Test
    void s24_cutsSeveralPdusOutOfOneSegment() {
        read(concat(pdu(16), pdu(33), pdu(1000)));

        assertThat(sink.lengths).containsExactly(16, 33, 1000);
    }

    @Test
    void s24_putsAPduTogetherFromSingleOctets() {
        for (byte octet : concat(pdu(40), pdu(16))) {
            read(new byte[] {octet});
        }

        assertThat(sink.pdus)
                .containsExactly(
                        HexFormat.of().formatHex(pdu(40)), HexFormat.of().formatHex(pdu(16)));
    }

    @Test
    void s24_doesNotCareHowTheStreamIsCut() {
        Random random = new Random(3);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int length = 16 + random.nextInt(random.nextInt(10) == 0 ? MAX_PDU_SIZE - 15 : 60);
            lengths.add(length);
            stream.writeBytes(pdu(length));
        }
        byte[] octets = stream.toByteArray();
        for (int at = 0; at < octets.length; ) {
            int count = Math.min(octets.length - at, 1 + random.nextInt(700));
            read(Arrays.copyOfRange(octets, at, at + count));
            at += count;
        }

        assertThat(sink.lengths).isEqualTo(lengths);
        assertThat(sink.broken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "0000000F", "FFFFFFFF", "80000000", "7FFFFFFF", "000003E9"})
    void s25_stopsAtALengthThatCannotBe(String commandLength) {
        read(concat(pdu(20), HexFormat.of().parseHex(commandLength), pdu(16)));
        read(pdu(16));

        assertThat(sink.lengths).containsExactly(20);
        assertThat(sink.broken).singleElement().asString().startsWith("command_length ");
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 400 Bad Request, HTTP", "SSH-2.0-OpenSSH_9.2, SSH", "220 mail.example.com ESMTP, SMTP"})
    void s26_namesWhatItLooksLike(String banner, String protocol) {
        read((banner + "\r\n").getBytes(ISO_8859_1));

        assertThat(sink.broken).singleElement().asString().contains("looks like " + protocol);
    }

    @Test
    void s26_namesTls() {
        read(HexFormat.of().parseHex("15030300020228")); // TLS 1.2 record: alert, fatal, handshake_failure

        assertThat(sink.broken).singleElement().asString().contains("looks like TLS");
    }

    @Test
    void handsNothingOverOnceTheSinkHasSeenEnough() {
        sink.enough = true;
        read(concat(pdu(16), pdu(16)));

        assertThat(sink.lengths).containsExactly(16);
    }

    private void read(byte[] octets) {
        guard.read(Unpooled.wrappedBuffer(octets), sink);
    }

    /** command_length, then octets that count up. */
    private static byte[] pdu(int length) {
        byte[] octets = new byte[length];
        for (int i = 4; i < length; i++) {
            octets[i] = (byte) i;
        }
        octets[2] = (byte) (length >> 8);
        octets[3] = (byte) length;
        return octets;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static final class Recording implements FrameGuard.Sink {
        private final List<String> pdus = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private final List<String> broken = new ArrayList<>();
        private boolean enough;

        @Override
        public boolean onPdu(byte[] octets, int offset, int length) {
            pdus.add(HexFormat.of().formatHex(octets, offset, offset + length));
            lengths.add(length);
            return !enough;
        }

        @Override
        public void onBrokenStream(String reason) {
            broken.add(reason);
        }
    }
}
