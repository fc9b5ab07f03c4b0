// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A form whose characters are one or two octets, looked up in a table: the GSM family and the old national charsets. */
final class TableForm implements WireForm {
    /** Tells a first octet of two from a whole character. */
    enum Lead {
        /** Every character is one octet. */
        NEVER,
        /** The GSM escape (3GPP TS 23.038 §6.2.1). */
        ESCAPE,
        SHIFT_JIS,
        EUC_KR
    }

    private final CharTable table;
    private final Lead lead;
    private final boolean packed;
    private final int lockingShift;
    private final int singleShift;

    private TableForm(CharTable table, Lead lead, boolean packed, int lockingShift, int singleShift) {
        this.table = table;
        this.lead = lead;
        this.packed = packed;
        this.lockingShift = lockingShift;
        this.singleShift = singleShift;
    }

    static TableForm octets(CharTable table, Lead lead) {
        return new TableForm(table, lead, false, 0, 0);
    }

    /** A GSM alphabet made of a locking and a single shift table, each given by its national language. */
    static TableForm septets(int lockingShift, int singleShift, boolean packed) {
        CharTable table = new CharTable();
        char[] plain = ShiftTables.locking(lockingShift);
        char[] shifted = ShiftTables.single(singleShift);
        for (char septet = 0; septet < 128; septet++) {
            if (plain[septet] != ShiftTables.NONE && plain[septet] != ShiftTables.ESC) {
                table.put(plain[septet], septet);
            }
        }
        for (char septet = 0; septet < 128; septet++) {
            if (shifted[septet] != ShiftTables.NONE) {
                table.put(shifted[septet], (char) (ShiftTables.ESC << 8 | septet));
            }
        }
        return new TableForm(table, Lead.ESCAPE, packed, lockingShift, singleShift);
    }

    @Override
    public byte @Nullable [] encode(String text) {
        int length = text.length();
        byte[] content = new byte[length];
        int at = 0;
        for (int i = 0; i < length; i++) {
            char code = table.get(text.charAt(i));
            if (code == CharTable.LACKING) {
                return null;
            }
            if (code > 0xFF) {
                if (at + length - i >= content.length) {
                    // room for this second octet and as many again, so that a text of pairs grows a few times only
                    content = Arrays.copyOf(content, Math.min(2 * length, content.length + length / 2 + 8));
                }
                content[at++] = (byte) (code >>> 8);
            }
            content[at++] = (byte) code;
        }
        return at == content.length ? content : Arrays.copyOf(content, at);
    }

    @Override
    public boolean holds(int codePoint) {
        return codePoint <= 0xFFFF && table.get((char) codePoint) != CharTable.LACKING;
    }

    @Override
    public int step(byte[] content, int at) {
        int octet = content[at] & 0xFF;
        boolean first = switch (lead) {
            case NEVER -> false;
            case ESCAPE -> octet == ShiftTables.ESC;
            case SHIFT_JIS -> octet >= 0x81 && octet <= 0x9F || octet >= 0xE0 && octet <= 0xFC;
            case EUC_KR -> octet >= 0xA1 && octet <= 0xFE;
        };
        return first ? 2 : 1;
    }

    @Override
    public int boundary(byte[] content, int start, int end) {
        if (lead == Lead.SHIFT_JIS || lead == Lead.EUC_KR) {
            return WireForm.super.boundary(content, start, end);
        }
        // an escape is always a first octet, so the last octet alone tells
        return lead == Lead.ESCAPE && end > start && content[end - 1] == ShiftTables.ESC ? end - 1 : end;
    }

    @Override
    public boolean hasMarks() {
        return lockingShift > 3 || singleShift > 3;
    }

    @Override
    public boolean isSeptets() {
        return lead == Lead.ESCAPE;
    }

    @Override
    public boolean isPacked() {
        return packed;
    }

    @Override
    public int lockingShift() {
        return lockingShift;
    }

    @Override
    public int singleShift() {
        return singleShift;
    }
}
