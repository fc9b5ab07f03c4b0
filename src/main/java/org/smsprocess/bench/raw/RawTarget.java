// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import java.nio.charset.StandardCharsets;

/** Where to send, and how much may be open. What is sent is the same for all clients: 80 octets of text, no SR asked for. */
record RawTarget(int port, int window) {
    static final String HOST = "127.0.0.1";
    static final String SYSTEM_ID = "bench";
    static final String SOURCE = "12345";
    static final String DESTINATION = "41790000000";
    static final String TEXT = "The quick brown fox jumps over the lazy dog, and the dog does not mind it at all";

    static byte[] text() {
        return TEXT.getBytes(StandardCharsets.US_ASCII);
    }
}
