// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

/** message_state values (SMPP 3.4 §5.2.28) with the word that the SR's text uses (appendix B). */
public enum MessageState {
    ENROUTE(1),
    DELIVRD(2),
    EXPIRED(3),
    DELETED(4),
    UNDELIV(5),
    ACCEPTD(6),
    UNKNOWN(7),
    REJECTD(8);

    public final int code;

    MessageState(int code) {
        this.code = code;
    }
}
