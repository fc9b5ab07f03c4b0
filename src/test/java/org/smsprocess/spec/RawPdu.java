// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/**
 * A PDU put together octet by octet, each group with the name the specification gives it, right or wrong as the test wants it. Shares
 * no code with the product.
 */
public final class RawPdu {
    public static final int BIND_RECEIVER = 0x00000001;
    public static final int BIND_TRANSMITTER = 0x00000002;
    public static final int SUBMIT_SM = 0x00000004;
    public static final int DELIVER_SM = 0x00000005;
    public static final int QUERY_SM = 0x00000003;
    public static final int UNBIND = 0x00000006;
    public static final int CANCEL_SM = 0x00000008;
    public static final int BIND_TRANSCEIVER = 0x00000009;
    public static final int OUTBIND = 0x0000000B;
    public static final int ENQUIRE_LINK = 0x00000015;
    public static final int ALERT_NOTIFICATION = 0x00000102;
    public static final int DATA_SM = 0x00000103;
    /** Set in the command_id of every response. */
    public static final int RESP = 0x80000000;

    public static final int GENERIC_NACK = 0x80000000;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(BIND_RECEIVER, "bind_receiver"),
            Map.entry(BIND_TRANSMITTER, "bind_transmitter"),
            Map.entry(BIND_TRANSCEIVER, "bind_transceiver"),
            Map.entry(SUBMIT_SM, "submit_sm"),
            Map.entry(DELIVER_SM, "deliver_sm"),
            Map.entry(DATA_SM, "data_sm"),
            Map.entry(UNBIND, "unbind"),
            Map.entry(ENQUIRE_LINK, "enquire_link"),
            Map.entry(SUBMIT_SM | RESP, "submit_sm_resp"),
            Map.entry(DELIVER_SM | RESP, "deliver_sm_resp"),
            Map.entry(DATA_SM | RESP, "data_sm_resp"),
            Map.entry(UNBIND | RESP, "unbind_resp"),
            Map.entry(ENQUIRE_LINK | RESP, "enquire_link_resp"),
            Map.entry(GENERIC_NACK, "generic_nack"));

    private final int commandId;
    private final int commandStatus;
    private final int sequenceNumber;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder labels = new StringBuilder();
    private int claimedLength = -1;

    private RawPdu(int commandId, int commandStatus, int sequenceNumber) {
        this.commandId = commandId;
        this.commandStatus = commandStatus;
        this.sequenceNumber = sequenceNumber;
    }

    public static RawPdu request(int commandId, int sequenceNumber) {
        return new RawPdu(commandId, 0, sequenceNumber);
    }

    /** @param requestId of the request it answers */
    public static RawPdu response(int requestId, int commandStatus, int sequenceNumber) {
        return new RawPdu(requestId | RESP, commandStatus, sequenceNumber);
    }

    /** A correct DELIVER_SM with a text in data_coding 0. */
    public static RawPdu deliverSm(int sequenceNumber, String from, String to, String text) {
        return deliverSm(sequenceNumber, from, to, 0, text.getBytes(ISO_8859_1));
    }

    /** A DELIVER_SM that is correct up to sm_length and short_message. */
    public static RawPdu deliverSm(int sequenceNumber, String from, String to, int esmClass, byte[] text) {
        return request(DELIVER_SM, sequenceNumber)
                .cString("service_type", "")
                .octet("source_addr_ton", 1)
                .octet("source_addr_npi", 1)
                .cString("source_addr", from)
                .octet("dest_addr_ton", 0)
                .octet("dest_addr_npi", 1)
                .cString("destination_addr", to)
                .octet("esm_class", esmClass)
                .octet("protocol_id", 0)
                .octet("priority_flag", 0)
                .cString("schedule_delivery_time", "")
                .cString("validity_period", "")
                .octet("registered_delivery", 0)
                .octet("replace_if_present_flag", 0)
                .octet("data_coding", 0)
                .octet("sm_default_msg_id", 0)
                .octet("sm_length", text.length)
                .octets("short_message", text);
    }

    /** A correct SUBMIT_SM_RESP. */
    public static RawPdu submitSmResp(int sequenceNumber, String messageId) {
        return response(SUBMIT_SM, 0, sequenceNumber).cString("message_id", messageId);
    }

    public RawPdu octet(String label, int value) {
        body.write(value);
        return label(label, "%02x".formatted(value & 0xFF));
    }

    public RawPdu octets(String label, byte[] value) {
        body.writeBytes(value);
        return label(label, HexFormat.of().formatHex(value));
    }

    /** @param hex may contain blanks */
    public RawPdu hex(String label, String hex) {
        return octets(label, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** With its NUL. */
    public RawPdu cString(String label, String value) {
        body.writeBytes(value.getBytes(ISO_8859_1));
        body.write(0);
        return label(label, '"' + value + '"');
    }

    public RawPdu tlv(String label, int tag, byte[] value) {
        return tlv(label, tag, value.length, value);
    }

    /** @param claimed the length the TLV says, true or not */
    public RawPdu tlv(String label, int tag, int claimed, byte[] value) {
        body.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) tag)
                .putShort((short) claimed)
                .array());
        return octets(label, value);
    }

    /** Says a command_length that is not true. */
    public RawPdu claiming(int commandLength) {
        claimedLength = commandLength;
        return this;
    }

    public byte[] octets() {
        int length = 16 + body.size();
        return ByteBuffer.allocate(length)
                .putInt(claimedLength == -1 ? length : claimedLength)
                .putInt(commandId)
                .putInt(commandStatus)
                .putInt(sequenceNumber)
                .put(body.toByteArray())
                .array();
    }

    private RawPdu label(String label, String value) {
        labels.append(' ').append(label).append('=').append(value);
        return this;
    }

    static String name(int commandId) {
        return NAMES.getOrDefault(commandId, "command_id " + Integer.toHexString(commandId));
    }

    @Override
    public String toString() {
        return name(commandId) + " status=" + commandStatus + " sequence=" + sequenceNumber + labels;
    }
}
