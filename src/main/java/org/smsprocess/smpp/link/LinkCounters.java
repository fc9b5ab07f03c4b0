// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.smpp.LinkStatus;
import org.smsprocess.smpp.pdu.PduText;

/** Counts what happens on one link, and keeps samples of bad PDUs in the log. Confined to the link's event loop. */
final class LinkCounters {
    private static final Logger LOG = LoggerFactory.getLogger(LinkCounters.class);

    long submitted;
    long answered;
    long received;
    long alerts;
    /** Of the last answers, exponentially weighted. */
    private double latencyNanos;

    private long malformed;
    private long unexpected;
    private final String name;

    LinkCounters(String name) {
        this.name = name;
    }

    /** A PDU that does not follow the specification. */
    void malformed(String what, byte[] octets, int offset, int length) {
        if (isSample(++malformed)) {
            LOG.warn(
                    "{}: malformed PDU no. {}: {}: {}",
                    name,
                    malformed,
                    what,
                    PduText.describe(octets, offset, length, false));
        }
    }

    /** An answer that nobody waits for. */
    void unexpected(byte[] octets, int offset, int length) {
        if (isSample(++unexpected)) {
            LOG.warn(
                    "{}: unexpected answer no. {}: {}",
                    name,
                    unexpected,
                    PduText.describe(octets, offset, length, false));
        }
    }

    void latency(long nanos) {
        latencyNanos += (nanos - latencyNanos) / (latencyNanos == 0 ? 1 : 16);
    }

    LinkStatus status(SendingWindow window, int waiting, long writes) {
        return new LinkStatus(
                window.open(),
                window.size(),
                waiting,
                submitted,
                answered,
                received,
                malformed,
                unexpected,
                alerts,
                latencyNanos / 1e6,
                writes);
    }

    /** 1, 10, 100, …: a broken SMSC must not fill the log. */
    private static boolean isSample(long count) {
        long power = 1;
        while (power < count) {
            power *= 10;
        }
        return power == count;
    }
}
