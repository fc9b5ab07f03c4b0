// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static com.cloudhopper.smpp.SmppConstants.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The names and shapes of the mandatory fields of each PDU, in their order (SMPP 3.4 §4). */
record PduLayout(String name, List<Field> fields) {
    enum Kind {
        C_STRING,
        /** A C-Octet String that nobody may see. */
        SECRET,
        OCTET,
        /** sm_length, and then as many octets of short_message. */
        SHORT_MESSAGE
    }

    record Field(String name, Kind kind) {}

    private static final String ADDRESSES =
            "source_addr_ton:1 source_addr_npi:1 source_addr dest_addr_ton:1 dest_addr_npi:1 destination_addr ";
    private static final String BIND =
            "system_id password:secret system_type interface_version:1 addr_ton:1 addr_npi:1 address_range";
    private static final String SHORT_MESSAGE = "service_type " + ADDRESSES
            + "esm_class:1 protocol_id:1 priority_flag:1 schedule_delivery_time validity_period registered_delivery:1 "
            + "replace_if_present_flag:1 data_coding:1 sm_default_msg_id:1 short_message:sm";

    private static final Map<Integer, PduLayout> BY_COMMAND_ID = Map.ofEntries(
            layout(CMD_ID_GENERIC_NACK, "generic_nack", ""),
            layout(CMD_ID_BIND_RECEIVER, "bind_receiver", BIND),
            layout(CMD_ID_BIND_RECEIVER_RESP, "bind_receiver_resp", "system_id"),
            layout(CMD_ID_BIND_TRANSMITTER, "bind_transmitter", BIND),
            layout(CMD_ID_BIND_TRANSMITTER_RESP, "bind_transmitter_resp", "system_id"),
            layout(CMD_ID_BIND_TRANSCEIVER, "bind_transceiver", BIND),
            layout(CMD_ID_BIND_TRANSCEIVER_RESP, "bind_transceiver_resp", "system_id"),
            layout(CMD_ID_OUTBIND, "outbind", "system_id password:secret"),
            layout(CMD_ID_UNBIND, "unbind", ""),
            layout(CMD_ID_UNBIND_RESP, "unbind_resp", ""),
            layout(CMD_ID_SUBMIT_SM, "submit_sm", SHORT_MESSAGE),
            layout(CMD_ID_SUBMIT_SM_RESP, "submit_sm_resp", "message_id"),
            layout(CMD_ID_DELIVER_SM, "deliver_sm", SHORT_MESSAGE),
            layout(CMD_ID_DELIVER_SM_RESP, "deliver_sm_resp", "message_id"),
            layout(
                    CMD_ID_DATA_SM,
                    "data_sm",
                    "service_type " + ADDRESSES + "esm_class:1 registered_delivery:1 data_coding:1"),
            layout(CMD_ID_DATA_SM_RESP, "data_sm_resp", "message_id"),
            layout(CMD_ID_QUERY_SM, "query_sm", "message_id source_addr_ton:1 source_addr_npi:1 source_addr"),
            layout(CMD_ID_QUERY_SM_RESP, "query_sm_resp", "message_id final_date message_state:1 error_code:1"),
            layout(CMD_ID_CANCEL_SM, "cancel_sm", "service_type message_id " + ADDRESSES),
            layout(CMD_ID_CANCEL_SM_RESP, "cancel_sm_resp", ""),
            layout(
                    CMD_ID_REPLACE_SM,
                    "replace_sm",
                    "message_id source_addr_ton:1 source_addr_npi:1 source_addr schedule_delivery_time validity_period "
                            + "registered_delivery:1 sm_default_msg_id:1 short_message:sm"),
            layout(CMD_ID_REPLACE_SM_RESP, "replace_sm_resp", ""),
            layout(CMD_ID_ENQUIRE_LINK, "enquire_link", ""),
            layout(CMD_ID_ENQUIRE_LINK_RESP, "enquire_link_resp", ""),
            layout(
                    CMD_ID_ALERT_NOTIFICATION,
                    "alert_notification",
                    "source_addr_ton:1 source_addr_npi:1 source_addr esme_addr_ton:1 esme_addr_npi:1 esme_addr"));

    /** An unknown PDU has no fields, its body is all optional parameters to us. */
    static PduLayout of(int commandId) {
        PduLayout known = BY_COMMAND_ID.get(commandId);
        return known != null ? known : new PduLayout("unknown PDU", List.of());
    }

    private static Map.Entry<Integer, PduLayout> layout(int commandId, String name, String fields) {
        List<Field> parsed = new ArrayList<>();
        for (String field : fields.split(" ")) {
            if (!field.isEmpty()) {
                int colon = field.indexOf(':');
                parsed.add(
                        colon < 0
                                ? new Field(field, Kind.C_STRING)
                                : new Field(field.substring(0, colon), kind(field.substring(colon + 1))));
            }
        }
        return Map.entry(commandId, new PduLayout(name, List.copyOf(parsed)));
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "1" -> Kind.OCTET;
            case "secret" -> Kind.SECRET;
            case "sm" -> Kind.SHORT_MESSAGE;
            default -> throw new IllegalArgumentException(word);
        };
    }
}
