// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8: one to four octets a character. */
final class Utf8Form implements WireForm {
    @Override
    public byte @Nullable [] encode(String text) {
        // String.getBytes would send a question mark for an unpaired surrogate
        return holdsAll(text) ? text.getBytes(StandardCharsets.UTF_8) : null;
    }

    @Override
    public boolean holds(int codePoint) {
        return !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    @Override
    public int step(byte[] content, int at) {
        int octet = content[at] & 0xFF;
        return octet < 0x80 ? 1 : octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
    }

    @Override
    public int boundary(byte[] content, int start, int end) {
        int at = end;
        while (at < content.length && at > start && (content[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }

    @Override
    public int textIndex(byte[] content, int offset) {
        int index = 0;
        for (int at = 0; at < offset; at += step(content, at)) {
            index += step(content, at) == 4 ? 2 : 1;
        }
        return index;
    }

    @Override
    public boolean hasMarks() {
        return true;
    }
}
