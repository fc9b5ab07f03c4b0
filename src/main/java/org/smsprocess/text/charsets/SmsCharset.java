// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The charsets an account's encoding table can name. The GSM family counts septets (160 in one SMS), the others octets (140).
 *
 * <p>{@code GSM-xx} is the GSM alphabet with the national language shift tables of 3GPP TS 23.038 annex A; xx is the ISO 639
 * code of the language. A text that needs none of them goes out exactly as {@code GSM}.
 */
public enum SmsCharset {
    /** GSM 7 bit default alphabet with its extension table, one septet in each octet (3GPP TS 23.038 §6.2.1). */
    GSM("GSM"),
    /** The same, eight septets packed into seven octets (3GPP TS 23.038 §6.1.2.1). */
    GSM_PACKED("GSM-packed"),
    LATIN_1("LATIN-1"),
    ASCII("ASCII"),
    /** UTF-16BE on the wire; a character beyond the BMP takes two 16-bit units. */
    UCS_2("UCS-2"),
    UTF_8("UTF-8"),
    SHIFT_JIS("SHIFT-JIS"),
    EUC_KR("EUC-KR"),
    ISO_8859_5("ISO-8859-5"),
    ISO_8859_8("ISO-8859-8"),
    GSM_TR("GSM-TR"),
    GSM_ES("GSM-ES"),
    GSM_PT("GSM-PT"),
    GSM_BN("GSM-BN"),
    GSM_GU("GSM-GU"),
    GSM_HI("GSM-HI"),
    GSM_KN("GSM-KN"),
    GSM_ML("GSM-ML"),
    GSM_OR("GSM-OR"),
    GSM_PA("GSM-PA"),
    GSM_TA("GSM-TA"),
    GSM_TE("GSM-TE"),
    GSM_UR("GSM-UR");

    private final String configName;

    SmsCharset(String configName) {
        this.configName = configName;
    }

    /** The name in the settings, e.g. {@code UCS-2}. */
    public String configName() {
        return configName;
    }

    /** The charset of that name in the settings; upper and lower case are the same. */
    public static Optional<SmsCharset> named(String configName) {
        for (SmsCharset charset : values()) {
            if (charset.configName.equalsIgnoreCase(configName)) {
                return Optional.of(charset);
            }
        }
        return Optional.empty();
    }

    /** True for the charsets whose room is counted in septets. */
    public boolean isSeptets() {
        return this == GSM || this == GSM_PACKED || nationalLanguage() != 0;
    }

    /** National language identifier (3GPP TS 23.038 §6.2.1.2.4), 1 to 13; 0 for a charset without national tables. */
    public int nationalLanguage() {
        return ordinal() < GSM_TR.ordinal() ? 0 : ordinal() - GSM_TR.ordinal() + 1;
    }

    /**
     * The JDK's name for a charset of octets.
     *
     * @throws IllegalStateException for the GSM family, which the JDK does not know
     */
    public Charset jdk() {
        return switch (this) {
            case LATIN_1 -> StandardCharsets.ISO_8859_1;
            case ASCII -> StandardCharsets.US_ASCII;
            case UCS_2 -> StandardCharsets.UTF_16BE;
            case UTF_8 -> StandardCharsets.UTF_8;
            case SHIFT_JIS -> Charset.forName("Shift_JIS");
            case EUC_KR -> Charset.forName("EUC-KR");
            case ISO_8859_5 -> Charset.forName("ISO-8859-5");
            case ISO_8859_8 -> Charset.forName("ISO-8859-8");
            default -> throw new IllegalStateException(configName + " is no charset of octets");
        };
    }

    /** The octets of a text without any header, for the GSM family one septet in each; null if the charset lacks a character. */
    public byte @Nullable [] octets(String text) {
        return forms().get(0).encode(text);
    }

    /** The wire forms a text in this charset can take, the plainest first; built when first asked for. */
    public List<WireForm> forms() {
        return WireForms.of(this);
    }
}
