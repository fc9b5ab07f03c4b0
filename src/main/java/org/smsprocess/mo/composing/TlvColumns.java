// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.MoSettings.TlvColumn;
import org.smsprocess.account.MoSettings.Tlvs;
import org.smsprocess.account.TlvFormat;
import org.smsprocess.mo.inbox.NewMo;
import org.smsprocess.mo.inbox.Printable;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.smpp.Tlv;

/** Reads the TLVs that fill columns of the inbox. Never fails: what has not the announced length is read with the length it has. */
final class TlvColumns {
    private TlvColumns() {}

    /** @param accountShortCode what large-account is without its TLV */
    static NewMo.TlvValues read(List<Segment> segments, Tlvs columns, String accountShortCode) {
        String largeAccount = value(segments, columns.largeAccount());
        return new NewMo.TlvValues(
                value(segments, columns.linkedSms()),
                value(segments, columns.alias()),
                value(segments, columns.providerId()),
                largeAccount == null && !accountShortCode.isEmpty() ? accountShortCode : largeAccount);
    }

    /** Of the first part that has one which is not empty. */
    private static @Nullable String value(List<Segment> segments, Optional<TlvColumn> column) {
        if (column.isEmpty()) {
            return null;
        }
        for (Segment segment : segments) {
            for (Tlv tlv : segment.tlvs()) {
                if (tlv.tag() == column.get().tag() && tlv.value().length > 0) {
                    return decode(tlv.value(), column.get().format());
                }
            }
        }
        return null;
    }

    static String decode(byte[] value, TlvFormat format) {
        return switch (format) {
            case ASCII -> text(value, StandardCharsets.US_ASCII);
            case LATIN_1 -> text(value, StandardCharsets.ISO_8859_1);
            case UTF_8 -> text(value, StandardCharsets.UTF_8);
            case UCS_2 -> text(value, StandardCharsets.UTF_16BE);
            case GSM -> MoText.gsm(value);
            case INT8, INT16, INT32, INT64 -> number(value, new BigInteger(value));
            case UINT8, UINT16, UINT32, UINT64 -> number(value, new BigInteger(1, value));
        };
    }

    private static String text(byte[] value, Charset charset) {
        String text = new String(value, charset);
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--; // the end of a C-octet string
        }
        return Printable.of(text.substring(0, end));
    }

    private static String number(byte[] value, BigInteger number) {
        return value.length <= Long.BYTES ? number.toString() : HexFormat.of().formatHex(value);
    }
}
