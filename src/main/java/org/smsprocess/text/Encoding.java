// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import org.smsprocess.text.charsets.SmsCharset;

/**
 * One line of an account's encoding table: with this data_coding (SMPP 3.4 §5.2.19) the SMSC takes texts in this charset.
 *
 * @param dataCoding 0 to 255
 */
public record Encoding(int dataCoding, SmsCharset charset) {
    public Encoding {
        if (dataCoding < 0 || dataCoding > 0xFF) {
            throw new IllegalArgumentException("data_coding " + dataCoding + " is out of range (0 to 255)");
        }
    }
}
