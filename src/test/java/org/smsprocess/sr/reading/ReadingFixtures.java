// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.smsprocess.account.SrSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/** Settings as reference.conf has them but for what a test sets, and DELIVER_SM. */
public final class ReadingFixtures {
    private ReadingFixtures() {}

    /** @param lines HOCON, as in the account's own section */
    public static SrSettings settings(String... lines) {
        return TestAccounts.account("acme", lines).sr();
    }

    public static SrReader reader(SrSettings settings) {
        return new SrReader(settings, new IdNormaliser("acme", settings.mtIdFormat(), settings.srIdFormat()));
    }

    public static Inbound deliverSm(int esmClass, String text, Tlv... tlvs) {
        return inbound(Inbound.DELIVER_SM, esmClass, text, tlvs);
    }

    public static Inbound inbound(int commandId, int esmClass, String text, Tlv... tlvs) {
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

    public static Tlv tlv(int tag, String text) {
        return new Tlv(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static Tlv tlv(int tag, int... octets) {
        byte[] value = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            value[i] = (byte) octets[i];
        }
        return new Tlv(tag, value);
    }
}
