// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.Arrays;
import org.smsprocess.text.charsets.WireForm;

/**
 * Cuts content into parts: as full as possible, never inside a character, and not inside what people see as one character (a
 * letter with its marks, an emoji of several code points) where that costs no further part.
 */
final class Splitter {
    private Splitter() {}

    /** Ends of the parts, ascending; the last one is the length of the content. */
    static int[] split(String text, WireForm form, byte[] content, int room) {
        int[] ends = cut(text, form, content, room, false);
        if (form.hasMarks()) {
            int[] kind = cut(text, form, content, room, true);
            return kind.length == ends.length ? kind : ends;
        }
        return ends;
    }

    private static int[] cut(String text, WireForm form, byte[] content, int room, boolean keepGraphemes) {
        int[] ends = new int[content.length / room + 2];
        int count = 0;
        int start = 0;
        while (content.length - start > room) {
            int end = form.boundary(content, start, start + room);
            if (keepGraphemes) {
                int whole = graphemeBoundary(text, form, content, end);
                end = whole > start ? whole : end;
            }
            if (count == ends.length - 1) {
                ends = Arrays.copyOf(ends, 2 * ends.length);
            }
            ends[count++] = end;
            start = end;
        }
        ends[count++] = content.length;
        return Arrays.copyOf(ends, count);
    }

    private static int graphemeBoundary(String text, WireForm form, byte[] content, int end) {
        int index = form.textIndex(content, end);
        int start = Graphemes.startAround(text, index);
        byte[] between = start == index ? null : form.encode(text.substring(start, index));
        return between == null ? end : end - between.length;
    }
}
