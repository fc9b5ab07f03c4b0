// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import org.jspecify.annotations.Nullable;

/**
 * One form a text can take on the wire: its octets before packing and headers, and where the characters in them end.
 *
 * <p>"Content" is those octets of a whole text; for the GSM family one septet in each.
 */
public sealed interface WireForm permits TableForm, Utf16Form, Utf8Form {

    /** The content of a text, or null if the form lacks one of its characters. */
    byte @Nullable [] encode(String text);

    boolean holds(int codePoint);

    /** Octets of the character that starts at an offset of the content. */
    int step(byte[] content, int at);

    /** The last end of a character that is not after {@code end}; {@code start} is one. */
    default int boundary(byte[] content, int start, int end) {
        int at = start;
        while (at < content.length && at + step(content, at) <= end) {
            at += step(content, at);
        }
        return at;
    }

    /** UTF-16 index in the text of the character that starts at an offset of the content. */
    default int textIndex(byte[] content, int offset) {
        int index = 0;
        for (int at = 0; at < offset; at += step(content, at)) {
            index++;
        }
        return index;
    }

    /** True if the form can hold combining marks, so that the end of a character need not be the end of what people see. */
    boolean hasMarks();

    /** True if room is counted in septets. */
    default boolean isSeptets() {
        return false;
    }

    /** True if septets are packed into octets on the wire. */
    default boolean isPacked() {
        return false;
    }

    /** Octets of content that people count as one character. */
    default int unitOctets() {
        return 1;
    }

    /** National language of the locking shift table, 0 for the default alphabet. */
    default int lockingShift() {
        return 0;
    }

    /** National language of the single shift table, 0 for the default extension table. */
    default int singleShift() {
        return 0;
    }

    /** Index of the first char of the text that the form lacks, or -1. An unpaired surrogate is lacking in every form. */
    default int firstLacking(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!holds(text.codePointAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** True if the form holds every character of the text. */
    default boolean holdsAll(String text) {
        return firstLacking(text) < 0;
    }
}
