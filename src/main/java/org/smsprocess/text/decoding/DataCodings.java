// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.Udh;
import org.smsprocess.text.charsets.Septets;
import org.smsprocess.text.charsets.SmsCharset;

/**
 * What each of the 256 values of data_coding means for reading.
 *
 * <pre>
 *   00        the SMSC's default alphabet: the account's encoding table says which; GSM if it does not
 *   01–0F     SMPP 3.4 §5.2.19: ASCII, octets, LATIN-1, octets, JIS, Cyrillic, Hebrew, UCS-2, pictograms, ISO-2022-JP, …, KS C 5601
 *   10–7F     3GPP TS 23.038 §4, general groups: bit 5 compressed, bits 3 and 2: GSM, 8-bit, UCS-2
 *   80–BF     reserved: GSM
 *   C0–DF     message waiting: GSM
 *   E0–EF     message waiting: UCS-2
 *   F0–FF     message class: bit 2: GSM or 8-bit
 * </pre>
 *
 * <p>Where the standards say GSM, it is packed if the account's data_coding 0 is {@code GSM-packed}.
 */
final class DataCodings {
    private static final BodyReader GSM = new GsmReader();
    private static final BodyReader UCS_2 = new Ucs2Reader();

    private final BodyReader[] readers = new BodyReader[256];
    private final boolean[] packed = new boolean[256];

    DataCodings(List<Encoding> encodings) {
        boolean packedDefault = encodings.stream()
                .filter(encoding -> encoding.dataCoding() == 0)
                .findFirst()
                .filter(encoding -> encoding.charset() == SmsCharset.GSM_PACKED)
                .isPresent();
        for (int dataCoding = 0; dataCoding < 256; dataCoding++) {
            readers[dataCoding] = standard(dataCoding);
            packed[dataCoding] = packedDefault && readers[dataCoding] == GSM;
        }
        for (int i = encodings.size() - 1; i >= 0; i--) {
            // from the last to the first: of two lines for one data_coding the upper one counts
            Encoding encoding = encodings.get(i);
            readers[encoding.dataCoding()] = reader(encoding.charset());
            packed[encoding.dataCoding()] = encoding.charset() == SmsCharset.GSM_PACKED;
        }
    }

    BodyReader reader(int dataCoding) {
        return readers[dataCoding & 0xFF];
    }

    /** What follows the header, packed septets unpacked. */
    byte[] body(int dataCoding, byte[] userData, Udh udh, Set<DecodeFlag> flags) {
        if (!packed[dataCoding & 0xFF]) {
            return udh.length() == 0 ? userData : Arrays.copyOfRange(userData, udh.length(), userData.length);
        }
        byte[] septets = Septets.unpack(userData, udh.length());
        int last = septets.length - 1;
        if (userData.length % 7 == 0 && last >= 0 && (septets[last] == '\r' || septets[last] == 0)) {
            // eight septets or seven and padding, nobody knows; an @ or CR at the very end is rarer than padding
            flags.add(DecodeFlag.PADDING_DROPPED);
            return Arrays.copyOf(septets, last);
        }
        return septets;
    }

    private static BodyReader standard(int dataCoding) {
        return switch (dataCoding >>> 4) {
            case 0x0 -> smpp(dataCoding);
            case 0x1, 0x4, 0x5 -> byAlphabet(dataCoding >>> 2 & 3);
            case 0x2, 0x3, 0x6, 0x7 -> BodyReader::compressed;
            case 0xE -> UCS_2;
            case 0xF -> (dataCoding & 4) == 0 ? GSM : BodyReader::binary;
            default -> GSM;
        };
    }

    private static BodyReader smpp(int dataCoding) {
        return switch (dataCoding) {
            case 0x01 -> reader(SmsCharset.ASCII);
            case 0x02, 0x04 -> BodyReader::binary;
            case 0x03 -> reader(SmsCharset.LATIN_1);
            case 0x05, 0x09 -> reader(SmsCharset.SHIFT_JIS);
            case 0x06 -> reader(SmsCharset.ISO_8859_5);
            case 0x07 -> reader(SmsCharset.ISO_8859_8);
            case 0x08 -> UCS_2;
            case 0x0A -> new CharsetReader(Charset.forName("ISO-2022-JP"));
            case 0x0E -> reader(SmsCharset.EUC_KR);
            default -> GSM;
        };
    }

    private static BodyReader byAlphabet(int bits) {
        return switch (bits) {
            case 1 -> BodyReader::binary;
            case 2 -> UCS_2;
            default -> GSM;
        };
    }

    private static BodyReader reader(SmsCharset charset) {
        return charset.isSeptets() ? GSM : charset == SmsCharset.UCS_2 ? UCS_2 : new CharsetReader(charset.jdk());
    }
}
