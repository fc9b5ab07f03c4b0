// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/** PDUs in words, for traces and for people. */
public final class PduText {
    private PduText() {}

    static String describe(byte[] octets, int offset, int length, boolean withText) {
        return Octets.hex(octets, offset, Math.min(length, 16));
    }
}
