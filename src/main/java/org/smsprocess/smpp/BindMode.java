// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/** The three kinds of bind (SMPP 3.4 §4.1). */
public enum BindMode {
    TRANSCEIVER,
    TRANSMITTER,
    RECEIVER
}
