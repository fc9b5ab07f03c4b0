// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.connection.preparing.Prepared.tlv;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.TlvFormat;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.TlvSetting;
import org.smsprocess.delivery.TransmissionMode;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.smpp.Submit;

/** Validity, transmission mode, service id and optional parameters that a delivery sets. */
class DeliveryParametersTest {
    @ParameterizedTest
    @CsvSource({"NORMAL, 00", "FLASH, 01", "MOBILE, 02", "SIM, 03"})
    @Observes("delivery.transmissionMode")
    void transmissionModeIsDestAddrSubunit(TransmissionMode mode, String value) {
        assertThat(tlv(
                        Prepared.wire(new WireSettings(null, mode, null, null, List.of()))
                                .only(),
                        0x0005))
                .isEqualTo(value);
    }

    @Test
    @Tag("M22")
    @Observes("delivery.validity")
    void validityIsAbsoluteInUtcOrRelative() {
        Instant until = Instant.parse("2026-02-01T09:08:07Z");

        assertThat(validity(until, null)).isEqualTo("260201090807000+");
        assertThat(validity(null, Duration.parse("P1DT2H3M4S"))).isEqualTo("000001020304000R");
        assertThat(validity(null, null)).isNull();
    }

    @Test
    void whatIsNoLongerValidIsNotSent() {
        Instant past = Prepared.NOW.minusSeconds(1);

        assertThat(Prepared.wire(new WireSettings(null, null, past, null, List.of()))
                        .failure())
                .isEqualTo("validity has ended: 2026-01-31T07:59:59Z");
    }

    @Test
    @Observes({"service-id-tag", "delivery.serviceId"})
    void serviceIdFillsTheTlvOfTheAccount() {
        WireSettings wire = new WireSettings("gold", null, null, null, List.of());

        assertThat(tlv(Prepared.wire(wire, "service-id-tag = 0x1234").only(), 0x1234))
                .isEqualTo("676f6c64");
        assertThat(Prepared.wire(wire).failure()).isEqualTo("serviceId: the account has no service-id-tag");
    }

    @Test
    @Observes("service-id-tag")
    void serviceIdTagExcludesOtherTlvs() {
        WireSettings wire = wire(new TlvSetting("x", 0x1400, "1", TlvFormat.ASCII, 0));

        assertThat(Prepared.wire(wire, "service-id-tag = 0x1234").failure())
                .isEqualTo("tlvs: the account has a service-id-tag, which excludes them");
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, abc, 616263",
        "LATIN_1, é, e9",
        "UTF_8, é, c3a9",
        "UCS_2, €, 20ac",
        "GSM, é€, 051b65",
        "INT8, -128, 80",
        "UINT8, 255, ff",
        "INT16, 258, 0102",
        "UINT16, 65535, ffff",
        "INT32, -2, fffffffe",
        "UINT32, 4294967295, ffffffff",
        "INT64, -9223372036854775808, 8000000000000000",
        "UINT64, 18446744073709551615, ffffffffffffffff",
        "INT16, '', none",
        "UINT32, null, none",
        "INT8, undefined, none",
    })
    @Observes("delivery.tlvs.format")
    void valuesAreWrittenInTheirFormat(TlvFormat format, String value, String octets) {
        Submit submit = Prepared.wire(wire(new TlvSetting("x", 0x1400, value, format, 0)))
                .only();

        assertThat(tlv(submit, 0x1400)).isEqualTo(octets);
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, 128, 0, tlv x: 128 does not fit int8",
        "UINT16, -1, 0, tlv x: -1 does not fit uint16",
        "INT32, twelve, 0, tlv x: 'twelve' is no whole number",
        "ASCII, é, 0, tlv x: ASCII lacks a character of its value",
        "UTF_8, ééé, 5, 'tlv x: has 6 octets, at most 5'",
    })
    @Observes({"delivery.tlvs.label", "delivery.tlvs.maxLength"})
    void whatCannotBeWrittenFailsTheMessageWithItsReason(TlvFormat format, String value, int most, String reason) {
        assertThat(Prepared.wire(wire(new TlvSetting("x", 0x1400, value, format, most)))
                        .failure())
                .isEqualTo(reason);
    }

    @Test
    @Observes("delivery.tlvs.value")
    void valuesArePersonal() {
        WireSettings wire = wire(new TlvSetting("campaign", 0x1400, "c-{{code}}", TlvFormat.ASCII, 0));
        DeliverySettings settings = new DeliverySettings(null, 0, 0, null, true, wire);

        Prepared known = Prepared.of(settings, "+33600000001", "Hello {{code}}", "{\"code\": 17}");
        Prepared unknown = Prepared.of(settings, "+33600000001", "Hello", "{}");

        assertThat(tlv(known.only(), 0x1400)).isEqualTo("632d3137");
        assertThat(unknown.failure()).startsWith("template: ").contains("code");
    }

    @Test
    void everyPartOfALongTextCarriesThem() {
        WireSettings wire = wire(new TlvSetting("x", 0x1400, "1", TlvFormat.UINT8, 0));
        DeliverySettings settings = new DeliverySettings(null, 0, 0, null, true, wire);

        List<Submit> submits = Prepared.of(settings, "+33600000001", "a".repeat(200), null, "long-message = sar")
                .submits();

        assertThat(submits)
                .hasSize(2)
                .allSatisfy(
                        submit -> assertThat(Prepared.tags(submit)).containsExactly(0x1400, 0x020C, 0x020E, 0x020F));
    }

    private static WireSettings wire(TlvSetting tlv) {
        return new WireSettings(null, null, null, null, List.of(tlv));
    }

    private static String validity(Instant until, Duration period) {
        return Prepared.wire(new WireSettings(null, null, until, period, List.of()))
                .only()
                .fields()
                .validityPeriod();
    }
}
