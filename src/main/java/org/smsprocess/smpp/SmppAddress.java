// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/**
 * An address as SMPP carries it (SMPP 3.4 §5.2.5 to §5.2.9).
 *
 * @param ton type of number, 0 to 255
 * @param npi numbering plan indicator, 0 to 255
 */
public record SmppAddress(int ton, int npi, String number) {
    /** @throws IllegalArgumentException if the number holds a NUL, which would end it on the wire */
    public SmppAddress {
        if (number.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an address cannot hold a NUL: " + number.replace('\0', '?'));
        }
    }
}
