// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.TlvFormat;

/** Settings are read by the node that sends, which need not be the one that accepted, nor of its version. */
class SettingsJsonTest {
    @Test
    void whatIsWrittenIsRead() {
        TlvSetting tlv = new TlvSetting("campaign", 0x1400, "{{code}}", TlvFormat.UINT16, 2);
        WireSettings wire = new WireSettings("gold", TransmissionMode.FLASH, null, Duration.ofHours(2), List.of(tlv));
        DeliverySettings settings =
                new DeliverySettings("ACME", 3, 2, Instant.parse("2026-01-31T08:00:00Z"), true, wire);

        assertThat(SettingsJson.read(SettingsJson.write(settings))).isEqualTo(settings);
        assertThat(SettingsJson.read(SettingsJson.write(DeliverySettings.DEFAULT)))
                .isEqualTo(DeliverySettings.DEFAULT);
    }

    @Test
    void whatAnOlderNodeWroteIsRead() {
        String json = "{\"sender\":null,\"priority\":1,\"maxParts\":0,\"sendAt\":null,\"statusReport\":true}";

        assertThat(SettingsJson.read(json)).isEqualTo(new DeliverySettings(null, 1, 0, null, true, WireSettings.NONE));
    }

    @Test
    void whatANewerNodeWroteIsReadAsFarAsItIsKnown() {
        String json = "{\"priority\":1,\"statusReport\":true,\"colour\":\"red\",\"wire\":{\"tlvs\":[],\"depth\":3}}";

        assertThat(SettingsJson.read(json).priority()).isEqualTo(1);
    }
}
