// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smsprocess.mo.MoFixtures.NOON;
import static org.smsprocess.mo.MoFixtures.deliver;
import static org.smsprocess.mo.MoFixtures.octets;
import static org.smsprocess.mo.MoFixtures.part;
import static org.smsprocess.mo.MoFixtures.segment;

import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.mo.parts.Fingerprint;
import org.smsprocess.mo.parts.MoEvent;
import org.smsprocess.mo.parts.MoEvent.Closed;
import org.smsprocess.mo.parts.MoEvent.PartsReceived;
import org.smsprocess.mo.parts.MoEvent.Stored;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.Tlv;

/** The octets that stand in journals: what version 1 wrote must be read for ever. */
class MoSerializerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Serialization SERIALIZATION = SerializationExtension.get(Adapter.toClassic(KIT.system()));

    // NOON as a number of 7 bits an octet
    private static final String NOON_OCTETS = "80acb7cbb733";

    // ton, npi, length and digits of the source; of the destination; data_coding 0
    private static final String ADDRESSES = "0101" + "07" + "34393132333435" + "0000" + "04" + "31323334" + "00";

    // width 8, reference 5, total 2, number 1; UDH; "Hi"; not malformed
    private static final String CONTENT = "08050201" + "06" + "050003050201" + "02" + "4869" + "00";

    private static final String SEGMENT = ADDRESSES + CONTENT + "01" + "8028" + "01" + "7f" + NOON_OCTETS;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void partsReceived() throws NotSerializableException {
        Inbound inbound = deliver(0x40, 0, octets("05 00 03 05 02 01 48 69"), new Tlv(0x1400, octets("7f")));
        PartsReceived event = new PartsReceived(NOON, List.of(segment(inbound)));

        assertThat(hex(event)).isEqualTo(NOON_OCTETS + "01" + SEGMENT);
        assertThat(hex(read("P1", hex(event)))).isEqualTo(hex(event));
    }

    @ParameterizedTest
    @CsvSource({"C1," + NOON_OCTETS + "0201ac02", "S1," + NOON_OCTETS + "0201ac02"})
    void closedAndStored(String manifest, String golden) throws NotSerializableException {
        MoEvent event =
                manifest.equals("C1") ? new Closed(NOON, List.of(1L, 300L)) : new Stored(NOON, List.of(1L, 300L));

        assertThat(hex(event)).isEqualTo(golden);
        assertThat(read(manifest, golden)).isEqualTo(event);
    }

    @Test
    void state() throws NotSerializableException {
        Reassembly state = new Reassembly();
        Reassembly.Bounds bounds = new Reassembly.Bounds(10, 10, 1000);
        state.apply(new PartsReceived(NOON, List.of(segment(part(5, 2, 1, "Hi")))), bounds);
        String fingerprint = HexFormat.of().toHexDigits(Fingerprint.ofPart(segment(part(5, 2, 1, "Hi"))));
        String open = "01" + "01" + "02" + NOON_OCTETS + "01" + ADDRESSES + CONTENT + "00" + NOON_OCTETS;

        assertThat(hex(state)).isEqualTo("01" + "02" + open + "00" + "01" + fingerprint + NOON_OCTETS);

        Reassembly read = (Reassembly) read("N1", hex(state));
        read.apply(new PartsReceived(NOON, List.of(segment(part(5, 2, 2, "!")))), bounds);
        assertThat(read.ready())
                .singleElement()
                .satisfies(group -> assertThat(group.isComplete()).isTrue());
        assertThat(hex(read("N1", hex(read)))).isEqualTo(hex(read));
    }

    /** The fingerprint stands in snapshots and in mo_seen: it must not change from version to version. */
    @Test
    void fingerprint() {
        assertThat(Fingerprint.ofPart(segment(part(5, 2, 1, "Hi")))).isEqualTo(3_929_119_387_850_270_343L);
    }

    @Test
    void commandsAndReplies() throws NotSerializableException {
        TestProbe<MoProtocol.Answered> probe = KIT.createTestProbe();
        MoProtocol.Receive receive =
                new MoProtocol.Receive(9, List.of(MoFixtures.moPart(-3, part(5, 2, 1, "Hi"))), probe.getRef());

        MoProtocol.Receive read = (MoProtocol.Receive) read("R1", hex(receive));
        assertThat(read.replyTo()).isEqualTo(probe.getRef());
        assertThat(read.parts().get(0).answerTo()).isEqualTo(-3);
        assertThat(hex(read)).isEqualTo(hex(receive));

        MoProtocol.Answered answered = new MoProtocol.Answered(9, List.of(1, -2));
        assertThat(read("A1", hex(answered))).isEqualTo(answered);
        assertThat(read("W1", hex(MoProtocol.WakeUp.WAKE_UP))).isEqualTo(MoProtocol.WakeUp.WAKE_UP);
    }

    @Test
    void refusesWhatALaterVersionWrote() throws NotSerializableException {
        MoSerializer serializer = (MoSerializer) SERIALIZATION.serializerFor(PartsReceived.class);

        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "P9")).isInstanceOf(NotSerializableException.class);
    }

    private static String hex(Object object) {
        return HexFormat.of().formatHex(SERIALIZATION.serialize(object).get());
    }

    private static Object read(String manifest, String hex) throws NotSerializableException {
        MoSerializer serializer = (MoSerializer) SERIALIZATION.serializerFor(PartsReceived.class);
        Object object = serializer.fromBinary(HexFormat.of().parseHex(hex), manifest);
        assertThat(Serializers.manifestFor(SERIALIZATION.findSerializerFor(object), object))
                .isEqualTo(manifest);
        return object;
    }
}
