// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import org.jspecify.annotations.Nullable;

/** UCS-2 as everybody sends it: UTF-16BE, surrogate pairs included. */
final class Utf16Form implements WireForm {
    @Override
    public byte @Nullable [] encode(String text) {
        int length = text.length();
        byte[] content = new byte[2 * length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) ? i == 0 || !isHigh(text, i - 1) : !isLow(text, i + 1)) {
                    return null;
                }
            }
            content[2 * i] = (byte) (c >>> 8);
            content[2 * i + 1] = (byte) c;
        }
        return content;
    }

    @Override
    public boolean holds(int codePoint) {
        return !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    @Override
    public int step(byte[] content, int at) {
        return (content[at] & 0xFC) == 0xD8 ? 4 : 2;
    }

    @Override
    public int boundary(byte[] content, int start, int end) {
        int even = start + (end - start) / 2 * 2;
        boolean insidePair = even < content.length && (content[even] & 0xFC) == 0xDC;
        return insidePair && even > start ? even - 2 : even;
    }

    @Override
    public int textIndex(byte[] content, int offset) {
        return offset / 2;
    }

    @Override
    public boolean hasMarks() {
        return true;
    }

    @Override
    public int unitOctets() {
        return 2;
    }

    private static boolean isHigh(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i));
    }

    private static boolean isLow(String text, int i) {
        return i < text.length() && Character.isLowSurrogate(text.charAt(i));
    }
}
