// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.OptionalLong;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.Tlv;

/**
 * user_message_reference (SMPP 3.4 §5.3.2.17): 16 bits of ours on a SUBMIT_SM, which many SMSCs put into its SR. It finds the MT whose
 * SUBMIT_SM_RESP, and with it the provider id, was lost.
 *
 * <p>It is made of the MT's id alone, so that it can be told again after a crash. 16 bits do not name a message: correlators know
 * references only of MT in doubt, together with the destination, and a pair that two of them share settles neither.
 */
public final class MessageReference {
    public static final int TAG = 0x0204;

    /** Digits of a number that are compared: SMSCs write the same number with and without its prefixes. */
    private static final int DIGITS = 8;

    private MessageReference() {}

    /** Spreads ids that follow one another (MT of a part, first MT of parts) as far apart as 16 bits allow. */
    static int of(long mtId) {
        return (int) (mtId * 0x9E3779B97F4A7C15L >>> 48);
    }

    public static Tlv tlv(long mtId) {
        int reference = of(mtId);
        return new Tlv(TAG, new byte[] {(byte) (reference >> 8), (byte) reference});
    }

    /** What the SR of this MT can be told by; empty when it asks for none, or carries no reference or another one. */
    public static OptionalLong keyOf(Submit submit) {
        int ours = of(submit.mtId());
        boolean isThere = submit.registeredDelivery() != 0
                && submit.tlvs().stream().anyMatch(tlv -> tlv.tag() == TAG && valueOf(tlv.value()) == ours);
        return isThere
                ? OptionalLong.of(keyOf(submit.mtId(), submit.destination().number()))
                : OptionalLong.empty();
    }

    /** Of an MT to this number that carries its reference. */
    public static long keyOf(long mtId, String number) {
        return key(number, of(mtId));
    }

    /** @return -1 if that is no reference */
    static int valueOf(byte[] value) {
        return value.length == 2 ? (value[0] & 0xFF) << 8 | value[1] & 0xFF : -1;
    }

    /** Takes the place of a {@link ProviderKey}; the blank and the bar keep it apart from those of provider ids. */
    static long key(String number, int reference) {
        StringBuilder digits = new StringBuilder();
        for (int i = number.length() - 1; i >= 0 && digits.length() < DIGITS; i--) {
            char character = number.charAt(i);
            if (character >= '0' && character <= '9') {
                digits.append(character);
            }
        }
        return ProviderKey.of("reference |" + digits + "|" + reference);
    }
}
