// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.smsprocess.text.charsets.TableForm.Lead;

/** Builds the wire forms of each charset once, when it is first used. */
final class WireForms {
    private static final ConcurrentMap<SmsCharset, List<WireForm>> BUILT = new ConcurrentHashMap<>();

    private WireForms() {}

    static List<WireForm> of(SmsCharset charset) {
        return BUILT.computeIfAbsent(charset, WireForms::build);
    }

    private static List<WireForm> build(SmsCharset charset) {
        return switch (charset) {
            case GSM -> List.of(TableForm.septets(0, 0, false));
            case GSM_PACKED -> List.of(TableForm.septets(0, 0, true));
            case UCS_2 -> List.of(new Utf16Form());
            case UTF_8 -> List.of(new Utf8Form());
            case SHIFT_JIS -> List.of(octets(charset, Lead.SHIFT_JIS));
            case EUC_KR -> List.of(octets(charset, Lead.EUC_KR));
            case LATIN_1, ASCII, ISO_8859_5, ISO_8859_8 -> List.of(octets(charset, Lead.NEVER));
            default -> national(charset.nationalLanguage());
        };
    }

    private static WireForm octets(SmsCharset charset, Lead lead) {
        return TableForm.octets(CharTable.of(charset.jdk()), lead);
    }

    /** Every mix of default and national tables: the fewer tables a header must name, the earlier. */
    private static List<WireForm> national(int language) {
        List<WireForm> forms = new ArrayList<>();
        forms.add(TableForm.septets(0, 0, false));
        forms.add(TableForm.septets(0, language, false));
        if (ShiftTables.hasLocking(language)) {
            forms.add(TableForm.septets(language, 0, false));
            forms.add(TableForm.septets(language, language, false));
        }
        return List.copyOf(forms);
    }
}
