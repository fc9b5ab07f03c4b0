// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.pdu.PduText;

/** Writes each PDU of one link to the log {@code org.smsprocess.trace}, decoded, when the account asks for it. */
final class TraceLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.smsprocess.trace");

    private final String name;
    private volatile boolean enabled;
    private volatile boolean withText;

    TraceLog(LinkSettings settings) {
        this.name = settings.name();
        show(settings.verboseTraces(), settings.verboseText());
    }

    /** From the next PDU on; from any thread. */
    final void show(boolean pdus, boolean texts) {
        enabled = pdus;
        withText = texts;
    }

    void received(byte[] octets, int offset, int length) {
        if (enabled) {
            LOG.info("{} received {}", name, PduText.describe(octets, offset, length, withText));
        }
    }

    void sent(byte[] octets, int offset, int length) {
        if (enabled) {
            LOG.info("{} sent {}", name, PduText.describe(octets, offset, length, withText));
        }
    }
}
