// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/** An optional parameter (SMPP 3.4 §5.3): a tag of 16 bits and the octets of its value. The octets must not be changed. */
public final class Tlv {
    private final int tag;
    private final byte[] value;

    /** @throws IllegalArgumentException if the tag is not in 0 to 65535 or the value is longer than 65535 octets */
    public Tlv(int tag, byte[] value) {
        if (tag < 0 || tag > 0xFFFF) {
            throw new IllegalArgumentException("tag " + tag + " is out of range (0 to 65535)");
        }
        if (value.length > 0xFFFF) {
            throw new IllegalArgumentException("value of " + value.length + " octets is too long (65535)");
        }
        this.tag = tag;
        this.value = value;
    }

    public int tag() {
        return tag;
    }

    public byte[] value() {
        return value;
    }
}
