// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.settings.SubmitSettings;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.charsets.SmsCharset;
import org.smsprocess.text.decoding.TextDecoder;

/**
 * Reads the characters of a short_message by its data_coding (SMPP 3.4 §5.2.19, 3GPP TS 23.038), on purpose without
 * the product's own codecs: the simulator is the second opinion. What is not text (8-bit data) reads as one character
 * an octet. Stateless.
 */
final class Alphabet {
    /** 3GPP TS 23.038 §6.2.1, 0x00 to 0x7F; 0x1B is the escape. */
    private static final char[] GSM = ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
            .toCharArray();

    private static final char[] GSM_EXTENSION = extension();
    private static final char ESCAPE = 0x1B;
    private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");
    private static final Charset CYRILLIC = Charset.forName("ISO-8859-5");
    private static final Charset HEBREW = Charset.forName("ISO-8859-8");
    private static final Charset EUC_KR = Charset.forName("EUC-KR");

    private final SubmitSettings.DefaultAlphabet standard;
    private final TextDecoder tables;

    Alphabet(SubmitSettings.DefaultAlphabet standard) {
        this.standard = standard;
        boolean packed = standard == SubmitSettings.DefaultAlphabet.GSM_PACKED;
        tables = TextDecoder.of(List.of(new Encoding(0, packed ? SmsCharset.GSM_PACKED : SmsCharset.GSM)));
    }

    long hash(long hash, SubmitSm submit) {
        return submit.national
                ? hash(
                        hash,
                        national(submit.octets, submit.textAt, submit.textLength, submit.dataCoding, submit.udhLength))
                : hash(hash, submit.octets, submit.textAt, submit.textLength, submit.dataCoding, submit.udhLength);
    }

    String text(SubmitSm submit) {
        return submit.national
                ? national(submit.octets, submit.textAt, submit.textLength, submit.dataCoding, submit.udhLength)
                : text(submit.octets, submit.textAt, submit.textLength, submit.dataCoding, submit.udhLength);
    }

    /** The national language shift tables are the product's: there are 13 of them. */
    String national(byte[] octets, int at, int length, int dataCoding, int udhLength) {
        byte[] userData = Arrays.copyOfRange(octets, at - udhLength, at + length);
        return tables.decode(dataCoding, true, userData).text();
    }

    /** Adds the characters to {@code hash}, as {@link Hashing#add(long, String)} does but without its end mark. */
    static long hash(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = Hashing.add(result, text.charAt(i));
        }
        return result;
    }

    /** As {@link #hash(long, String)}, of the characters that these octets stand for. */
    long hash(long hash, byte[] octets, int at, int length, int dataCoding, int udhLength) {
        long result = hash;
        @Nullable Charset charset = charset(dataCoding);
        if (charset == StandardCharsets.UTF_16BE) {
            for (int i = at; i + 1 < at + length; i += 2) {
                result = Hashing.add(result, (octets[i] & 0xFF) << 8 | octets[i + 1] & 0xFF);
            }
        } else if (charset == StandardCharsets.ISO_8859_1) {
            for (int i = at; i < at + length; i++) {
                result = Hashing.add(result, octets[i] & 0xFF);
            }
        } else if (charset == null && standard != SubmitSettings.DefaultAlphabet.GSM_PACKED) {
            for (int i = at; i < at + length; i++) {
                int septet = octets[i] & 0x7F;
                boolean extended = septet == ESCAPE && i + 1 < at + length;
                result = Hashing.add(result, extended ? GSM_EXTENSION[octets[++i] & 0x7F] : GSM[septet]);
            }
        } else {
            result = hash(result, text(octets, at, length, dataCoding, udhLength));
        }
        return result;
    }

    String text(byte[] octets, int at, int length, int dataCoding, int udhLength) {
        @Nullable Charset charset = charset(dataCoding);
        if (charset != null) {
            return new String(octets, at, length, charset);
        }
        byte[] septets = standard == SubmitSettings.DefaultAlphabet.GSM_PACKED
                ? unpacked(octets, at, length, udhLength)
                : Arrays.copyOfRange(octets, at, at + length);
        StringBuilder text = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            int septet = septets[i] & 0x7F;
            boolean extended = septet == ESCAPE && i + 1 < septets.length;
            text.append(extended ? GSM_EXTENSION[septets[++i] & 0x7F] : GSM[septet]);
        }
        return text.toString();
    }

    static boolean isGsm(int codePoint) {
        return indexOf(GSM, codePoint) >= 0 && codePoint != ESCAPE
                || codePoint != ' ' && indexOf(GSM_EXTENSION, codePoint) >= 0;
    }

    /** One septet an octet: one, or two with the escape; only for what {@link #isGsm(int)}. */
    static byte[] gsm(int codePoint) {
        int septet = indexOf(GSM, codePoint);
        return septet >= 0 ? new byte[] {(byte) septet} : new byte[] {ESCAPE, (byte) indexOf(GSM_EXTENSION, codePoint)};
    }

    private static int indexOf(char[] table, int codePoint) {
        for (int i = 0; i < table.length; i++) {
            if (table[i] == codePoint) {
                return i;
            }
        }
        return -1;
    }

    /** @return null for the GSM alphabet, which is not among the charsets of Java */
    private @Nullable Charset charset(int dataCoding) {
        return switch (dataCoding) {
            case 0x00 ->
                switch (standard) {
                    case GSM, GSM_PACKED -> null;
                    case LATIN_1 -> StandardCharsets.ISO_8859_1;
                    case ASCII -> StandardCharsets.US_ASCII;
                    case UTF_8 -> StandardCharsets.UTF_8;
                };
            case 0x01 -> StandardCharsets.US_ASCII;
            case 0x05 -> SHIFT_JIS;
            case 0x06 -> CYRILLIC;
            case 0x07 -> HEBREW;
            case 0x08, 0x18, 0x19, 0x1A, 0x1B -> StandardCharsets.UTF_16BE;
            case 0x0E -> EUC_KR;
            case 0x10, 0x11, 0x12, 0x13, 0xF0, 0xF1, 0xF2, 0xF3 -> null;
            default -> StandardCharsets.ISO_8859_1;
        };
    }

    /** 3GPP TS 23.038 §6.1.2.1; after a UDH the first septet starts at the next septet boundary. */
    private static byte[] unpacked(byte[] octets, int at, int length, int udhLength) {
        int fill = (7 - udhLength * 8 % 7) % 7;
        int count = (length * 8 - fill) / 7;
        byte[] septets = new byte[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            int bit = fill + i * 7;
            int low = (octets[at + bit / 8] & 0xFF) >>> bit % 8;
            int next = bit / 8 + 1;
            int high = next < length ? (octets[at + next] & 0xFF) << 8 - bit % 8 : 0;
            septets[i] = (byte) ((low | high) & 0x7F);
        }
        // seven spare bits look like one more septet
        boolean padded = (length * 8 - fill) % 7 == 0
                && count > 0
                && count % 8 == 0
                && (septets[count - 1] == 0 || septets[count - 1] == '\r');
        return padded ? Arrays.copyOf(septets, count - 1) : septets;
    }

    private static char[] extension() {
        char[] table = new char[128];
        Arrays.fill(table, ' ');
        table[0x0A] = '\f';
        table[0x14] = '^';
        table[0x28] = '{';
        table[0x29] = '}';
        table[0x2F] = '\\';
        table[0x3C] = '[';
        table[0x3D] = '~';
        table[0x3E] = ']';
        table[0x40] = '|';
        table[0x65] = '€';
        return table;
    }
}
