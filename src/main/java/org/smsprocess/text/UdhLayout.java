// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import org.smsprocess.text.charsets.Septets;
import org.smsprocess.text.charsets.WireForm;

/**
 * The header of our own parts and the room it leaves (3GPP TS 23.040 §9.2.3.24): concatenation first, because some handsets
 * look for it there, then the national language tables.
 *
 * @param concatenationOctets 5, 6 or, for a message of one part, 0
 * @param singleShift national language, 0 for none
 * @param lockingShift national language, 0 for none
 */
record UdhLayout(int concatenationOctets, int singleShift, int lockingShift) {
    private static final int SEPTETS_OF_SMS = 160;
    private static final int OCTETS_OF_SMS = 140;

    static UdhLayout single(WireForm form) {
        return new UdhLayout(0, form.singleShift(), form.lockingShift());
    }

    static UdhLayout part(WireForm form, LongMessage longMessage) {
        return new UdhLayout(longMessage.elementOctets(), form.singleShift(), form.lockingShift());
    }

    /** The same without the concatenation element, which the SMSC writes. */
    UdhLayout withoutConcatenation() {
        return new UdhLayout(0, singleShift, lockingShift);
    }

    /** Octets of the header, length octet included; 0 if there is nothing to say. */
    int length() {
        int elements = concatenationOctets + (singleShift > 0 ? 3 : 0) + (lockingShift > 0 ? 3 : 0);
        return elements > 0 ? 1 + elements : 0;
    }

    /** Octets of content that fit behind the header: septets for the GSM family. */
    int room(WireForm form) {
        return form.isSeptets() ? SEPTETS_OF_SMS - Septets.ofHeader(length()) : OCTETS_OF_SMS - length();
    }

    /** Writes the header at the start of {@code into}. A reference of 8 bits is the low half of a longer one. */
    void write(byte[] into, int reference, int parts, int part) {
        if (length() == 0) {
            return;
        }
        int at = 0;
        into[at++] = (byte) (length() - 1);
        if (concatenationOctets > 0) {
            boolean wide = concatenationOctets == 6;
            into[at++] = (byte) (wide ? Udh.CONCATENATION_16 : Udh.CONCATENATION_8);
            into[at++] = (byte) (wide ? 4 : 3);
            if (wide) {
                into[at++] = (byte) (reference >>> 8);
            }
            into[at++] = (byte) reference;
            into[at++] = (byte) parts;
            into[at++] = (byte) part;
        }
        at = writeLanguage(into, at, Udh.SINGLE_SHIFT, singleShift);
        writeLanguage(into, at, Udh.LOCKING_SHIFT, lockingShift);
    }

    private static int writeLanguage(byte[] into, int at, int id, int language) {
        if (language == 0) {
            return at;
        }
        into[at] = (byte) id;
        into[at + 1] = 1;
        into[at + 2] = (byte) language;
        return at + 3;
    }
}
