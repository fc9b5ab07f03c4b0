// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.SrSettings;

/** The account's own patterns, in linear time (RE2). */
final class RegexFields implements ReceiptFields.Finder {
    private final Pattern id;
    private final Pattern stat;
    private final Pattern err;

    RegexFields(SrSettings settings) {
        this.id = settings.idRegex();
        this.stat = settings.statusRegex();
        this.err = settings.errorCodeRegex();
    }

    @Override
    public ReceiptFields find(String text) {
        return new ReceiptFields(first(id, text), first(stat, text), first(err, text));
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : null;
    }
}
