// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

/** Texts as PostgreSQL can hold them. */
public final class Printable {
    private Printable() {}

    /** The text without NUL, and with U+FFFD for half a surrogate pair; PostgreSQL refuses both. */
    public static String of(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean paired = Character.isHighSurrogate(unit)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))
                    || Character.isLowSurrogate(unit) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            boolean isFine = unit != 0 && (paired || !Character.isSurrogate(unit));
            if (!isFine && cleaned == null) {
                cleaned = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (cleaned != null && unit != 0) {
                cleaned.append(isFine ? unit : '\uFFFD');
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }
}
