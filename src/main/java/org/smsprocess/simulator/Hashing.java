// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

/** 64-bit hashes of characters: two different messages among 10 million share one with a chance of 1 in 300,000. */
final class Hashing {
    static final long START = 0x243F6A8885A308D3L;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private Hashing() {}

    static long add(long hash, int value) {
        long mixed = (hash ^ value) * ODD;
        return mixed ^ mixed >>> 32;
    }

    static long add(long hash, byte[] octets, int at, int length) {
        long result = hash;
        for (int i = at; i < at + length; i++) {
            result = add(result, octets[i] & 0xFF);
        }
        return add(result, -1); // so that "ab","c" differs from "a","bc"
    }

    static long add(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = add(result, text.charAt(i));
        }
        return add(result, -1);
    }

    /** The finaliser of SplitMix64: one to one, every bit depends on every bit. */
    static long mix(long value) {
        long z = value + ODD;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
