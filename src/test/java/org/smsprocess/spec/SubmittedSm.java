// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A SUBMIT_SM as SMPP 3.4 §4.4.1 reads it.
 *
 * @param id it was answered with
 * @param fields by their name in the specification; numbers in decimal, short_message in hexadecimal, a TLV as {@code 0x0005}
 */
public record SubmittedSm(String id, Map<String, String> fields) {
    public static SubmittedSm of(ReceivedPdu pdu, String id) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service_type", pdu.cString());
        fields.put("source_addr_ton", Integer.toString(pdu.octet()));
        fields.put("source_addr_npi", Integer.toString(pdu.octet()));
        fields.put("source_addr", pdu.cString());
        fields.put("dest_addr_ton", Integer.toString(pdu.octet()));
        fields.put("dest_addr_npi", Integer.toString(pdu.octet()));
        fields.put("destination_addr", pdu.cString());
        fields.put("esm_class", Integer.toString(pdu.octet()));
        fields.put("protocol_id", Integer.toString(pdu.octet()));
        fields.put("priority_flag", Integer.toString(pdu.octet()));
        fields.put("schedule_delivery_time", pdu.cString());
        fields.put("validity_period", pdu.cString());
        fields.put("registered_delivery", Integer.toString(pdu.octet()));
        fields.put("replace_if_present_flag", Integer.toString(pdu.octet()));
        fields.put("data_coding", Integer.toString(pdu.octet()));
        fields.put("sm_default_msg_id", Integer.toString(pdu.octet()));
        fields.put("short_message", hex(pdu.octets(pdu.octet())));
        ByteBuffer tlvs = ByteBuffer.wrap(pdu.rest());
        while (tlvs.remaining() >= 4) {
            String tag = String.format("0x%04X", tlvs.getShort());
            byte[] value = new byte[tlvs.getShort()];
            tlvs.get(value);
            fields.put(tag, hex(value));
        }
        return new SubmittedSm(id, fields);
    }

    /** @return an empty text for a TLV that is not there */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
