// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.nio.charset.StandardCharsets;

/** A message_state with the error code that its SR carries; prepared as octets because it is written for every SR. */
public final class FinalState {
    private final MessageState state;
    private final byte[] stat;
    private final byte[] err;
    private final int networkError;

    private FinalState(MessageState state, byte[] stat, byte[] err) {
        this.state = state;
        this.stat = stat;
        this.err = err;
        this.networkError = number(err);
    }

    public static FinalState of(MessageState state, String err) {
        return new FinalState(
                state, state.name().getBytes(StandardCharsets.ISO_8859_1), err.getBytes(StandardCharsets.ISO_8859_1));
    }

    public MessageState state() {
        return state;
    }

    public byte[] stat() {
        return stat;
    }

    public byte[] err() {
        return err;
    }

    /** The error code as a number; 0 if it is none. */
    public int networkError() {
        return networkError;
    }

    private static int number(byte[] err) {
        int number = 0;
        for (byte digit : err) {
            if (digit < '0' || digit > '9' || number > 6_000) {
                return 0;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    @Override
    public String toString() {
        return state + " " + new String(err, StandardCharsets.ISO_8859_1);
    }
}
