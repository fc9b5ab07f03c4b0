// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Probe;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.SrProtocol.WakeUp;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/** Octets of schema version 1 as they cross nodes: nodes of this version must understand them in a rolling upgrade. */
class SrSerializerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final TestProbe<Persisted> PERSISTED = KIT.createTestProbe(Persisted.class);
    private static final TestProbe<Answered> ANSWERED = KIT.createTestProbe(Answered.class);
    private static final TestProbe<Known> KNOWN = KIT.createTestProbe(Known.class);

    private static final List<StatusReport> REPORTS = List.of(
            new StatusReport(
                    -2,
                    0x0102030405060708L,
                    "a1",
                    Meaning.FAILED,
                    "UNDELIV",
                    "021",
                    1000,
                    List.of(new Candidate(0x1112131415161718L, "b"))),
            new StatusReport(1, -1, "", Meaning.INTERMEDIATE, "", "", 0));

    private static final String REPORTS_V1 = "02" // two reports
            + "03" // answerTo -2
            + "0102030405060708" // key
            + "026131" // a1
            + "01" // failed
            + "07554e44454c4956" // UNDELIV
            + "03303231" // 021
            + "d00f" // at 1000 ms
            + "01" // one alternative
            + "1112131415161718" // its key
            + "0162" // b
            + "02" // answerTo 1
            + "ffffffffffffffff" // key
            + "00" // no id
            + "02" // intermediate
            + "00" // no stat
            + "00" // no err
            + "00" // at 0 ms
            + "00"; // no alternatives

    /** Message, manifest, octets before the text of replyTo. */
    static Stream<Object[]> messages() {
        return Stream.of(
                new Object[] {
                    new Submitted(5, List.of(new Mapping(0x0102030405060708L, 2560, 1)), PERSISTED.getRef()),
                    "S",
                    "01" + "0a" + "01" + "0102030405060708" + "8028" + "01",
                    PERSISTED
                },
                new Object[] {new Receive(-1, REPORTS, ANSWERED.getRef()), "R", "01" + "01" + REPORTS_V1, ANSWERED},
                new Object[] {new Probe(0, REPORTS, ANSWERED.getRef()), "P", "01" + "00" + REPORTS_V1, ANSWERED},
                new Object[] {
                    new FindKnown(3, List.of(1024L, 2047L, 5120L, 6143L), KNOWN.getRef()),
                    "F",
                    "01" + "06" + "04" + "8010" + "fe0f" + "8230" + "fe0f",
                    KNOWN
                },
                new Object[] {WakeUp.INSTANCE, "W", "", null},
                new Object[] {new Persisted(7), "D", "01" + "0e", null},
                new Object[] {
                    new Answered(7, List.of(0, 1, -1), List.of(300), 2),
                    "A",
                    "01" + "0e" + "03" + "000201" + "01" + "d804" + "02",
                    null
                },
                new Object[] {new Known(1, List.of(5L, 3L)), "K", "01" + "02" + "02" + "0a" + "03", null});
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesOfVersion1AreWrittenAndRead(Object message, String manifest, String octets, TestProbe<?> replyTo)
            throws Exception {
        Serialization serialization = SerializationExtension.get(Adapter.toClassic(KIT.system()));
        byte[] expected = octets(octets, replyTo);

        SerializerWithStringManifest serializer =
                (SerializerWithStringManifest) serialization.findSerializerFor(message);

        assertThat(serializer).isInstanceOf(SrSerializer.class);
        assertThat(serializer.manifest(message)).isEqualTo(manifest);
        assertThat(HexFormat.of().formatHex(serializer.toBinary(message)))
                .isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(serializer.fromBinary(expected, manifest)).isEqualTo(message);
        for (int length = 0; length < expected.length; length++) {
            byte[] cut = Arrays.copyOf(expected, length);
            assertThatThrownBy(() -> serializer.fromBinary(cut, manifest)).isInstanceOf(RuntimeException.class);
        }
    }

    private static byte[] octets(String octets, TestProbe<?> replyTo) {
        byte[] head = HexFormat.of().parseHex(octets);
        if (replyTo == null) {
            return head;
        }
        byte[] ref = ActorRefResolver.get(KIT.system())
                .toSerializationFormat(replyTo.getRef())
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + 1 + ref.length);
        assertThat(ref).hasSizeLessThan(128);
        all[head.length] = (byte) ref.length;
        System.arraycopy(ref, 0, all, head.length + 1, ref.length);
        return all;
    }
}
