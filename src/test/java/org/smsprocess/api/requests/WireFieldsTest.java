// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.account.TlvFormat;
import org.smsprocess.api.TestApi;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Problem;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.TlvSetting;
import org.smsprocess.delivery.TransmissionMode;
import org.smsprocess.delivery.WireSettings;

/** The fields of a delivery that shape its SUBMIT_SM. */
class WireFieldsTest {
    @Test
    void theyAreRead() {
        DeliverySettings settings = parse("""
                "serviceId": "gold", "transmissionMode": "flash", "validity": "PT2H", "tlvs": [
                  {"label": "campaign", "tag": "0x1400", "value": "{{code}}", "format": "uint16", "maxLength": 2},
                  {"tag": 5121, "value": "x"}]""");

        assertThat(settings.wire())
                .isEqualTo(new WireSettings(
                        "gold",
                        TransmissionMode.FLASH,
                        null,
                        Duration.ofHours(2),
                        List.of(
                                new TlvSetting("campaign", 0x1400, "{{code}}", TlvFormat.UINT16, 2),
                                new TlvSetting("0x1401", 0x1401, "x", TlvFormat.ASCII, 0))));
    }

    @Test
    void validityMayBeATime() {
        assertThat(parse("\"validity\": \"2026-02-01T10:00:00+01:00\"").wire().validUntil())
                .isEqualTo(Instant.parse("2026-02-01T09:00:00Z"));
    }

    @Test
    void aSenderOver21OctetsNeedsLongSender() {
        String sender = "\"sender\": \"" + "1".repeat(22) + "\"";

        assertThatThrownBy(() -> parse(sender))
                .isInstanceOfSatisfying(
                        Problem.Refusal.class,
                        refusal -> assertThat(refusal.problem().toString()).contains("sender", "22 octets"));
        assertThat(parse(sender + ", \"longSender\": true").sender()).hasSize(22);
        assertThat(parse("\"longSender\": true, " + sender).sender()).hasSize(22);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"transmissionMode\": \"loud\" | transmissionMode",
                "\"validity\": \"tomorrow\" | validity",
                "\"validity\": \"P100D\" | validity",
                "\"serviceId\": \"{{#a}}\" | serviceId",
                "\"longSender\": 1 | longSender",
                "\"tlvs\": {} | tlvs",
                "\"tlvs\": [ 1 ] | tlvs[0]",
                "\"tlvs\": [ {\"value\": \"x\"} ] | tlvs[0].tag",
                "\"tlvs\": [ {\"tag\": \"0x12345\", \"value\": \"x\"} ] | tlvs[0].tag",
                "\"tlvs\": [ {\"tag\": \"0x1400\"} ] | tlvs[0].value",
                "\"tlvs\": [ {\"tag\": 1, \"value\": \"x\", \"format\": \"float\"} ] | tlvs[0].format",
                "\"tlvs\": [ {\"tag\": 1, \"value\": \"x\", \"maxLength\": -1} ] | tlvs[0].maxLength",
                "\"tlvs\": [ {\"tag\": 1, \"value\": \"x\", \"colour\": 1} ] | tlvs[0].colour",
            })
    void aWrongOneIsNamed(String field, String name) {
        assertThatThrownBy(() -> parse(field))
                .isInstanceOfSatisfying(
                        Problem.Refusal.class,
                        refusal -> assertThat(refusal.problem().toString()).contains(name));
    }

    private static DeliverySettings parse(String fields) {
        byte[] body = ("{\"account\": \"acme\", " + fields + "}").getBytes(StandardCharsets.UTF_8);
        return DeliveryRequest.parse(body, HttpSettings.from(TestApi.config("port = 8080")), name -> true)
                .settings();
    }
}
