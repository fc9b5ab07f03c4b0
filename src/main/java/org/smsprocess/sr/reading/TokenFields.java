// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import org.jspecify.annotations.Nullable;

/** The fields as blank-separated tokens of any length: what the patterns are too strict for (ids like UUIDs, err of 1 or 8). */
final class TokenFields implements ReceiptFields.Finder {
    @Override
    public ReceiptFields find(String text) {
        return new ReceiptFields(token(text, "id"), token(text, "stat"), token(text, "err"));
    }

    /** @return null when there is no such field, or it is empty */
    static @Nullable String token(String text, String lowerCaseName) {
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            if (DefaultFields.endsWithWord(text, colon, lowerCaseName)) {
                int end = colon + 1;
                while (end < text.length() && !isSeparator(text.charAt(end))) {
                    end++;
                }
                if (end > colon + 1) {
                    return text.substring(colon + 1, end);
                }
            }
        }
        return null;
    }

    private static boolean isSeparator(char c) {
        return c <= ' ' || c == ',' || c == ';' || c == 0xA0;
    }
}
