// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.smsprocess.mo.inbox.NewMo.Content;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.text.decoding.DecodeFlag;
import org.smsprocess.text.decoding.DecodedText;
import org.smsprocess.text.decoding.TextDecoder;

/** Reads the text of segments. */
final class MoText {
    private static final TextDecoder STANDARD = TextDecoder.of(List.of());
    private static final Set<DecodeFlag> NO_TEXT = EnumSet.of(DecodeFlag.BINARY, DecodeFlag.COMPRESSED);
    private static final byte[] EMPTY_UDH = {0};

    private MoText() {}

    static Content of(List<Segment> segments, TextDecoder decoder) {
        StringBuilder text = new StringBuilder();
        Set<DecodeFlag> flags = EnumSet.noneOf(DecodeFlag.class);
        boolean isText = false;
        int from = 0;
        while (from < segments.size()) {
            int to = from;
            while (to < segments.size()
                    && segments.get(to).dataCoding() == segments.get(from).dataCoding()) {
                to++;
            }
            DecodedText decoded = decode(segments.subList(from, to), decoder);
            flags.addAll(decoded.flags());
            if (decoded.flags().stream().noneMatch(NO_TEXT::contains)) {
                isText = true;
                text.append(decoded.text());
            }
            from = to;
        }
        if (segments.stream().anyMatch(Segment::isMalformed)) {
            flags.add(DecodeFlag.MALFORMED_UDH);
        }
        return new Content(isText ? text.toString() : null, flags.isEmpty() ? null : words(flags));
    }

    /** Of a TLV. */
    static String gsm(byte[] value) {
        return STANDARD.decode(0, false, value).text();
    }

    private static DecodedText decode(List<Segment> run, TextDecoder decoder) {
        boolean udhi = run.stream().anyMatch(segment -> segment.udh().length > 0);
        List<byte[]> userData = new ArrayList<>(run.size());
        for (Segment segment : run) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            if (udhi) {
                whole.writeBytes(segment.udh().length > 0 ? segment.udh() : EMPTY_UDH);
            }
            whole.writeBytes(segment.octets());
            userData.add(whole.toByteArray());
        }
        return decoder.decode(run.get(0).dataCoding(), udhi, userData);
    }

    private static String words(Set<DecodeFlag> flags) {
        return flags.stream()
                .map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(" "));
    }
}
