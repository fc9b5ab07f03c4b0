// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/** One element of a UDH (3GPP TS 23.040 §9.2.3.24): an identifier and its data. */
final class InformationElement {
    private final int id;
    private final byte[] data;

    InformationElement(int id, byte[] data) {
        this.id = id;
        this.data = data;
    }

    /** Information element identifier, 0 to 255. */
    int id() {
        return id;
    }

    int length() {
        return data.length;
    }

    int octet(int index) {
        return data[index] & 0xFF;
    }
}
