// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.smsprocess.account.SrSettings.IdFormat;

/**
 * Brings the provider ids of SUBMIT_SM_RESP ({@code id-format.mt}) and of SR ({@code id-format.sr}) to one form, so that they can be
 * compared. An id that does not fit its format is taken as it is. Thread-safe.
 *
 * <p>With {@code auto} on either side, both ids are compared without blanks, padding and case, and an SR's id may also be the
 * MT's in the other number base; what matched three times in a row is then the only form tried.
 */
public final class IdNormaliser {
    private final IdFormat mt;
    private final IdFormat sr;
    private final LearnedForm learned;

    /** @param account for the log line that shows the learned form */
    public IdNormaliser(String account, IdFormat mt, IdFormat sr) {
        boolean auto = mt == IdFormat.AUTO || sr == IdFormat.AUTO;
        this.mt = auto ? IdFormat.AUTO : mt;
        this.sr = auto ? IdFormat.AUTO : sr;
        this.learned = new LearnedForm(account);
    }

    /** Of the id in a SUBMIT_SM_RESP. */
    public String normaliseMt(String id) {
        return normalise(mt, id);
    }

    /** What the id of an SR may be after {@link #normaliseMt}, likeliest first; one unless the format is being learned. */
    List<String> candidates(String id) {
        return sr == IdFormat.AUTO ? learned.candidates(bare(id)) : List.of(normalise(sr, id));
    }

    /** An SR was matched with this form ({@link LearnedForm#formOf}). */
    void learned(int form) {
        if (sr == IdFormat.AUTO) {
            learned.vote(form);
        }
    }

    private static String normalise(IdFormat format, String id) {
        return switch (format) {
            case VERBATIM -> id;
            case DECIMAL -> withoutZeros(id.strip());
            case HEX_NUMBER -> hexToDecimal(id.strip());
            case HEX_STRING -> HexFormat.of().formatHex(id.getBytes(StandardCharsets.ISO_8859_1));
            case AUTO -> bare(id);
        };
    }

    private static String bare(String id) {
        return withoutZeros(id.strip().toLowerCase(Locale.ROOT));
    }

    private static String withoutZeros(String id) {
        int start = 0;
        while (start < id.length() - 1 && id.charAt(start) == '0') {
            start++;
        }
        return id.substring(start);
    }

    /** The id itself when it is no hexadecimal number. */
    static String hexToDecimal(String id) {
        String digits = id.startsWith("0x") || id.startsWith("0X") ? id.substring(2) : id;
        if (digits.isEmpty() || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return id;
        }
        return digits.length() <= 15
                ? Long.toString(Long.parseLong(digits, 16))
                : new BigInteger(digits, 16).toString();
    }

    /** The id itself when it is no decimal number. */
    static String decimalToHex(String id) {
        if (id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return id;
        }
        return id.length() <= 18 ? Long.toHexString(Long.parseLong(id)) : new BigInteger(id).toString(16);
    }
}
