// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smsprocess.text.charsets.SmsCharset;
import org.smsprocess.text.charsets.WireForm;
import org.smsprocess.text.decoding.DecodedText;
import org.smsprocess.text.decoding.TextDecoder;

/** Properties over random texts and octets; every failure names its seed. */
class RoundTripTest {
    private static final WireForm UTF_16 = SmsCharset.UCS_2.forms().get(0);
    private static final int TEXTS = 150;

    @ParameterizedTest
    @EnumSource(SmsCharset.class)
    void whatIsEncodedIsDecodedAndFits(SmsCharset charset) {
        Encoding encoding = new Encoding(0, charset);
        List<WireForm> forms = charset.forms();
        TextDecoder decoder = TextDecoder.of(List.of(encoding));
        for (int seed = 0; seed < TEXTS; seed++) {
            Random random = new Random(seed);
            // of the richest form, so that a text never mixes what no single form holds
            String text = randomText(random, forms.get(forms.size() - 1));
            LongMessage longMessage = LongMessage.values()[seed % 4];
            EncodedText encoded = (EncodedText)
                    TextEncoder.of(List.of(encoding), longMessage, false).encode(text, TextEncoder.MAX_PARTS);
            List<byte[]> parts = parts(encoded, seed);

            int most = charset.isSeptets() && charset != SmsCharset.GSM_PACKED ? 160 : 140;
            if (!encoded.isInPayload()) {
                assertThat(parts)
                        .as("seed %d", seed)
                        .allSatisfy(part -> assertThat(part.length).isLessThanOrEqualTo(most));
            }
            String together = decoder.decode(0, encoded.udhi(), parts).text();
            StringBuilder oneByOne = new StringBuilder();
            parts.forEach(part ->
                    oneByOne.append(decoder.decode(0, encoded.udhi(), part).text()));
            assertThat(together).as("seed %d", seed).isEqualTo(text);
            assertThat(oneByOne.toString()).as("seed %d", seed).isEqualTo(text);
            assertThat(encoded.charactersLeft()).as("seed %d", seed).isNotNegative();
        }
    }

    @Test
    void noOctetsMakeTheDecoderFail() {
        List<TextDecoder> decoders = new ArrayList<>();
        for (SmsCharset charset : SmsCharset.values()) {
            decoders.add(TextDecoder.of(List.of(new Encoding(0, charset))));
        }
        for (int seed = 0; seed < 100_000; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[random.nextInt(seed % 10 == 0 ? 260 : 20)];
            random.nextBytes(octets);
            if (octets.length > 3 && random.nextBoolean()) {
                octets[0] = (byte) random.nextInt(octets.length);
                octets[1] = (byte)
                        List.of(0, 4, 5, 8, 0x24, 0x25).get(random.nextInt(6)).intValue();
                octets[2] = (byte) random.nextInt(6);
            }
            DecodedText decoded = decoders.get(random.nextInt(decoders.size()))
                    .decode(random.nextInt(256), random.nextBoolean(), octets);

            // not by assertThat, which would take most of the time
            if (decoded.text().indexOf('\0') >= 0 || !UTF_16.holdsAll(decoded.text())) {
                fail("seed " + seed + " yields " + decoded);
            }
        }
    }

    @Test
    void noTextMakesTheEncoderFail() {
        List<Encoding> encodings = List.of(new Encoding(0, SmsCharset.GSM_TR), new Encoding(3, SmsCharset.LATIN_1));
        TextEncoder encoder = TextEncoder.of(encodings, LongMessage.UDH, true);
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            char[] chars = new char[random.nextInt(60)];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = (char) random.nextInt(random.nextInt(9) > 0 ? 0x530 : 0x10000);
            }
            EncodeResult result = encoder.encode(new String(chars), 1 + random.nextInt(3));

            if (result instanceof EncodedText encoded) {
                assertThat(encoded.parts()).as("seed %d", seed).isBetween(1, 3);
            } else {
                assertThat(((Unencodable) result).reason()).as("seed %d", seed).isNotBlank();
            }
        }
    }

    private static List<byte[]> parts(EncodedText encoded, int reference) {
        if (encoded.isInPayload()) {
            return List.of(encoded.payload());
        }
        List<byte[]> parts = new ArrayList<>();
        for (int part = 1; part <= encoded.parts(); part++) {
            parts.add(encoded.shortMessage(part, reference));
        }
        return parts;
    }

    /**
     * Of 1 to 600 characters of the form, without those that reading may take for padding or a byte order mark, and without
     * the yen and the overline, which Japanese handsets show for the backslash and the tilde of SHIFT-JIS.
     */
    private static String randomText(Random random, WireForm form) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(random.nextBoolean() ? 180 : 600);
        int range = List.of(0x80, 0x400, 0x3000, 0x20000).get(random.nextInt(4));
        while (text.length() < length) {
            int codePoint = random.nextInt(range);
            boolean clear = codePoint != 0
                    && codePoint != '@'
                    && codePoint != '\r'
                    && codePoint != 0xFEFF
                    && codePoint != '¥'
                    && codePoint != '‾';
            if (clear && form.holds(codePoint)) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }
}
