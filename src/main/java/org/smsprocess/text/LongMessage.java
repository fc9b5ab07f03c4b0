// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.Optional;

/** How a text that does not fit one SMS is sent. */
public enum LongMessage {
    /** Parts with an 8-bit concatenation reference in their UDH (3GPP TS 23.040 §9.2.3.24.1). */
    UDH("udh", 5),
    /** Parts with a 16-bit concatenation reference in their UDH (3GPP TS 23.040 §9.2.3.24.8). */
    UDH_16("udh-16", 6),
    /** Parts numbered by the sar_ TLVs (SMPP 3.4 §5.3.2.22 to 24); the SMSC makes the UDH, so they have the room of UDH. */
    SAR("sar", 5),
    /** One SUBMIT_SM with the text in the message_payload TLV (SMPP 3.4 §5.3.2.32); the SMSC splits it. */
    MESSAGE_PAYLOAD("message-payload", 5);

    private final String configName;
    private final int elementOctets;

    LongMessage(String configName, int elementOctets) {
        this.configName = configName;
        this.elementOctets = elementOctets;
    }

    /** The name in the settings, e.g. {@code udh-16}. */
    public String configName() {
        return configName;
    }

    public static Optional<LongMessage> named(String configName) {
        for (LongMessage longMessage : values()) {
            if (longMessage.configName.equalsIgnoreCase(configName)) {
                return Optional.of(longMessage);
            }
        }
        return Optional.empty();
    }

    /** Octets of the concatenation element that each part carries over the air. */
    int elementOctets() {
        return elementOctets;
    }

    /** True if the concatenation element is in short_message, written by us. */
    boolean inUdh() {
        return this == UDH || this == UDH_16;
    }
}
