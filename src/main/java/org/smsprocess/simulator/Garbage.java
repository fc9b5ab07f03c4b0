// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Octets that no SMSC should send and some do; a well-made ESME closes or answers, and lives. */
final class Garbage {
    private static final int DELIVER_SM = 0x00000005;
    private static final int UNKNOWN_COMMAND = 0x00000777;
    private final RandomGenerator random;

    Garbage(RandomGenerator random) {
        this.random = random;
    }

    byte[] next() {
        OctetBuffer out = new OctetBuffer(128);
        switch (random.nextInt(6)) {
            case 0 -> { // noise with an impossible command_length in front
                byte[] noise = new byte[64];
                random.nextBytes(noise);
                out.u8(0xFF).add(noise);
            }
            case 1 -> out.add("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            case 2 -> out.u32(3).u32(DELIVER_SM).u32(0).u32(1); // command_length below a header
            case 3 -> out.u32(20).u32(UNKNOWN_COMMAND).u32(0).u32(7).u32(random.nextInt()); // a request nobody knows
            case 4 ->
                out.u32(20).u32(UNKNOWN_COMMAND | 0x80000000).u32(0).u32(7).u32(0); // an answer nobody knows
            default -> { // deliver_sm whose sm_length goes beyond its end
                out.u32(16 + 20).u32(DELIVER_SM).u32(0).u32(0x7FFFFF00);
                out.zeros(16).u8(200).u8('c').u8('u').u8('t');
            }
        }
        return Arrays.copyOf(out.octets(), out.length());
    }
}
