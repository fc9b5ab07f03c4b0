// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import org.smsprocess.account.tls.TlsSettings;
import org.smsprocess.settings.Section;
import org.smsprocess.smpp.SmppAddress;

/**
 * Where and how an account binds.
 *
 * @param receiver the receiver half of a pair; equals the transmitter half where the account sets nothing else
 * @param childConnections connections per sending thread
 * @param maxNodes nodes of the cluster that may hold connections of the account, 0: all
 * @param addressRange addr_ton, addr_npi and address_range of BIND
 * @param verboseTraces log every PDU, decoded
 * @param verboseText with the text of messages in those traces
 */
public record BindSettings(
        String host,
        int port,
        String systemId,
        String password,
        String systemType,
        Mode mode,
        Receiver receiver,
        int childConnections,
        ConnectionScope connectionScope,
        int maxNodes,
        SmppAddress addressRange,
        TlsSettings tls,
        boolean verboseTraces,
        boolean verboseText) {

    /** What a slot holds. */
    public enum Mode {
        TRANSCEIVER,
        /** A transmitter and a receiver, bound and lost together. */
        TRANSMITTER_RECEIVER
    }

    /** What the number of connections counts. */
    public enum ConnectionScope {
        CLUSTER,
        NODE
    }

    /** BIND_RECEIVER of {@link Mode#TRANSMITTER_RECEIVER}. */
    public record Receiver(String host, int port, String systemId, String password, String systemType) {
        @Override
        public String toString() {
            return systemId + "@" + host + ":" + port; // never the password
        }
    }

    // SMPP 3.4 §5.2.1 and §5.2.2 foresee 15 and 8 octets; several SMSCs hand out longer ones
    private static final int MAX_CREDENTIAL = 64;
    private static final int MAX_SYSTEM_TYPE = 12;

    static BindSettings from(Section section) {
        String host = section.filledText("host", 255);
        int port = section.integer("port", 1, 65_535);
        String systemId = section.text("system-id", MAX_CREDENTIAL);
        String password = section.secret("password", MAX_CREDENTIAL);
        String systemType = section.text("system-type", MAX_SYSTEM_TYPE);
        Section receiver = section.section("receiver");
        return new BindSettings(
                host,
                port,
                systemId,
                password,
                systemType,
                section.choice("mode", Mode.class),
                new Receiver(
                        receiver.isSet("host") ? receiver.filledText("host", 255) : host,
                        receiver.isSet("port") ? receiver.integer("port", 1, 65_535) : port,
                        receiver.isSet("system-id") ? receiver.text("system-id", MAX_CREDENTIAL) : systemId,
                        receiver.isSet("password") ? receiver.secret("password", MAX_CREDENTIAL) : password,
                        receiver.isSet("system-type") ? receiver.text("system-type", MAX_SYSTEM_TYPE) : systemType),
                section.integer("child-connections", 1, 1_000),
                section.choice("connection-scope", ConnectionScope.class),
                section.integer("max-nodes", 0, 1_000),
                new SmppAddress(
                        section.integer("bind-ton", 0, 255),
                        section.integer("bind-npi", 0, 255),
                        section.text("address-range", 40)),
                TlsSettings.from(section.section("tls")),
                section.flag("verbose-traces"),
                section.flag("verbose-text"));
    }

    @Override
    public String toString() {
        return "BindSettings[" + systemId + "@" + host + ":" + port + "]"; // never the password
    }
}
