// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.smsprocess.account.SrSettings;
import org.smsprocess.account.SrSettings.IdFormat;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/** Settings as SETTINGS.md has them by default, and DELIVER_SM. */
final class SrFixtures {
    private SrFixtures() {}

    static SrSettings settings() {
        return settings(IdFormat.VERBATIM, IdFormat.VERBATIM);
    }

    static SrSettings settings(IdFormat mt, IdFormat sr) {
        return new SrSettings(
                Pattern.compile("\\b[iI][dD]:([a-fA-F0-9]{1,10})\\b"),
                Pattern.compile("\\b[sS][tT][aA][tT]:([a-zA-Z0-9]{5,15})\\b"),
                Pattern.compile("^DELIV"),
                Pattern.compile("^(?:EXPIRED|DELETED|UNDELIV|UNKNOWN|REJECT)"),
                Pattern.compile("\\b[eE][rR][rR]:([a-zA-Z0-9]{3})\\b"),
                mt,
                sr,
                Duration.ofSeconds(30),
                0,
                false,
                false);
    }

    static SrSettings with(SrSettings base, Duration unknownIdWait, int acknowledgeCount) {
        return new SrSettings(
                base.idRegex(),
                base.statusRegex(),
                base.successRegex(),
                base.errorRegex(),
                base.errorCodeRegex(),
                base.mtIdFormat(),
                base.srIdFormat(),
                unknownIdWait,
                acknowledgeCount,
                base.optionalFields(),
                base.textField());
    }

    static SrSettings with(SrSettings base, boolean optionalFields, boolean textField) {
        return new SrSettings(
                base.idRegex(),
                base.statusRegex(),
                base.successRegex(),
                base.errorRegex(),
                base.errorCodeRegex(),
                base.mtIdFormat(),
                base.srIdFormat(),
                base.unknownIdWait(),
                base.invalidIdAcknowledgeCount(),
                optionalFields,
                textField);
    }

    static SrReader reader(SrSettings settings) {
        return new SrReader(settings, new IdNormaliser("acme", settings.mtIdFormat(), settings.srIdFormat()));
    }

    static Inbound deliverSm(int esmClass, String text, Tlv... tlvs) {
        return inbound(Inbound.DELIVER_SM, esmClass, text, tlvs);
    }

    static Inbound inbound(int commandId, int esmClass, String text, Tlv... tlvs) {
        return new Inbound(
                commandId,
                7,
                new SmppAddress(1, 1, "33600000001"),
                new SmppAddress(0, 1, "12345"),
                esmClass,
                0,
                text.getBytes(StandardCharsets.ISO_8859_1),
                List.of(tlvs));
    }

    static Tlv tlv(int tag, String text) {
        return new Tlv(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Tlv tlv(int tag, int... octets) {
        byte[] value = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            value[i] = (byte) octets[i];
        }
        return new Tlv(tag, value);
    }
}
