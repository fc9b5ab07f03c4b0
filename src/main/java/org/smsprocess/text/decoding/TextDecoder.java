// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.Udh;

/**
 * Turns the octets of an MO into text by their data_coding and the account's encoding table. Immutable and thread-safe; takes
 * any octets and never fails.
 */
public final class TextDecoder {
    private static final char REPLACEMENT = 0xFFFD;

    private final DataCodings codings;

    private TextDecoder(DataCodings codings) {
        this.codings = codings;
    }

    /** @param encodings the account's encoding table; what it says of a data_coding goes before the standards */
    public static TextDecoder of(List<Encoding> encodings) {
        return new TextDecoder(new DataCodings(encodings));
    }

    /**
     * @param udhi bit 6 of esm_class: the octets begin with a UDH
     * @param userData short_message or message_payload
     */
    public DecodedText decode(int dataCoding, boolean udhi, byte[] userData) {
        return decode(dataCoding, udhi, List.of(userData));
    }

    /** The text of all parts of one message, given in their order; a character may be split between them. */
    public DecodedText decode(int dataCoding, boolean udhi, List<byte[]> parts) {
        Set<DecodeFlag> flags = EnumSet.noneOf(DecodeFlag.class);
        List<Udh> headers = new ArrayList<>(parts.size());
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            Udh udh = udhi ? Udh.parse(part) : Udh.NONE;
            if (udh.isMalformed()) {
                flags.add(DecodeFlag.MALFORMED_UDH);
            }
            if (!headers.isEmpty() && !sameTables(headers.get(headers.size() - 1), udh)) {
                text.append(read(dataCoding, headers.get(headers.size() - 1), body, flags));
                body.reset();
            }
            headers.add(udh);
            body.writeBytes(codings.body(dataCoding, part, udh, flags));
        }
        Udh last = headers.isEmpty() ? Udh.NONE : headers.get(headers.size() - 1);
        text.append(read(dataCoding, last, body, flags));
        replaceUnstorable(text, flags);
        return new DecodedText(text.toString(), Collections.unmodifiableSet(flags));
    }

    private String read(int dataCoding, Udh udh, ByteArrayOutputStream body, Set<DecodeFlag> flags) {
        return codings.reader(dataCoding).read(body.toByteArray(), udh, flags);
    }

    private static boolean sameTables(Udh one, Udh other) {
        return one.lockingShift() == other.lockingShift() && one.singleShift() == other.singleShift();
    }

    private static void replaceUnstorable(StringBuilder text, Set<DecodeFlag> flags) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                text.setCharAt(i, REPLACEMENT);
                flags.add(DecodeFlag.REPLACED);
            }
        }
    }
}
