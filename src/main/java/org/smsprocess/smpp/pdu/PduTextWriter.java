// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static com.cloudhopper.smpp.SmppConstants.STATUS_MESSAGE_MAP;
import static com.cloudhopper.smpp.SmppConstants.TAG_MESSAGE_PAYLOAD;
import static com.cloudhopper.smpp.SmppConstants.TAG_NAME_MAP;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.smsprocess.smpp.CommandStatus;

/** Walks through one PDU once, writes down its fields, and notes which octets may not be shown. */
final class PduTextWriter {
    private static final int UCS2 = 8;

    private final byte[] octets;
    private final int offset;
    private final int end;
    private final boolean withText;
    private final BitSet masked = new BitSet();
    private final List<String> fields = new ArrayList<>();
    private int position;
    private int dataCoding;

    PduTextWriter(byte[] octets, int offset, int length, boolean withText) {
        this.octets = octets;
        this.offset = offset;
        this.position = offset;
        this.end = offset + length;
        this.withText = withText;
        write();
    }

    List<String> fields() {
        return fields;
    }

    /** In groups of four octets; what is masked shows as {@code **}. */
    String hex() {
        StringBuilder hex = new StringBuilder(3 * (end - offset));
        for (int i = offset; i < end; i++) {
            if (i > offset && (i - offset) % 4 == 0) {
                hex.append(' ');
            }
            hex.append(masked.get(i) ? "**" : Octets.hex(octets, i, 1));
        }
        return hex.toString();
    }

    private void write() {
        if (end - offset < PduBuffer.HEADER_LENGTH) {
            fields.add("incomplete header");
            return;
        }
        int commandId = Octets.int32(octets, offset + 4);
        PduLayout layout = PduLayout.of(commandId);
        fields.add(
                layout.fields().isEmpty() ? layout.name() + " (" + CommandStatus.hex(commandId) + ")" : layout.name());
        field("command_length", Integer.toUnsignedString(Octets.int32(octets, offset)));
        int commandStatus = Octets.int32(octets, offset + 8);
        String words = STATUS_MESSAGE_MAP.get(commandStatus);
        field("command_status", CommandStatus.hex(commandStatus) + (words == null ? "" : " (" + words + ")"));
        field("sequence_number", Integer.toUnsignedString(Octets.int32(octets, offset + 12)));
        position = offset + PduBuffer.HEADER_LENGTH;
        for (PduLayout.Field field : layout.fields()) {
            if (position >= end) {
                return;
            }
            switch (field.kind()) {
                case OCTET -> octet(field.name());
                case C_STRING -> field(field.name(), quoted(takeCString()));
                case SECRET -> secret(field.name());
                case SHORT_MESSAGE -> shortMessage(field.name());
            }
        }
        optionalParameters();
    }

    private void octet(String name) {
        int value = octets[position++] & 0xFF;
        if (name.equals("data_coding")) {
            dataCoding = value;
        }
        field(name, Integer.toString(value));
    }

    private void secret(String name) {
        int from = position;
        takeCString();
        masked.set(from, Math.min(position, end));
        field(name, "***");
    }

    private void shortMessage(String name) {
        int claimed = octets[position++] & 0xFF;
        int length = Math.min(claimed, end - position);
        field("sm_length", claimed + (length < claimed ? " (only " + length + " there)" : ""));
        field(name, text(length));
        position += length;
    }

    private void optionalParameters() {
        int from = position;
        int before = fields.size();
        while (end - position >= 4) {
            int tag = int16(position);
            int length = int16(position + 2);
            if (length > end - position - 4) {
                break;
            }
            position += 4;
            String known = TAG_NAME_MAP.get((short) tag);
            String name = (known == null ? "tlv" : known) + "(0x%04X)".formatted(tag);
            boolean isText = tag == (TAG_MESSAGE_PAYLOAD & 0xFFFF);
            field(name, isText ? text(length) : Octets.hex(octets, position, length));
            position += length;
        }
        if (position < end) {
            if (!withText) { // the lengths do not add up: there may be text anywhere
                masked.set(from, end);
                fields.subList(before, fields.size()).clear();
                position = from;
            }
            field(
                    "rest",
                    withText ? Octets.hex(octets, position, end - position) : "<" + (end - position) + " octets>");
        }
    }

    private String text(int length) {
        if (!withText) {
            masked.set(position, position + length);
            return "<" + length + " octets>";
        }
        return quoted(new String(octets, position, length, dataCoding == UCS2 ? UTF_16BE : ISO_8859_1));
    }

    private String takeCString() {
        int from = position;
        while (position < end && octets[position] != 0) {
            position++;
        }
        return new String(octets, from, position++ - from, ISO_8859_1);
    }

    private int int16(int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }

    private void field(String name, String value) {
        fields.add(name + "=" + value);
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                text.append("\\x%02X".formatted((int) c)); // one line stays one line, whatever the SMSC sends
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
