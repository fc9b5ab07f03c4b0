// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/** Counts what this node sends to the others. Handed to {@link RemoteTrafficInstrument}, which Pekko makes by itself. Thread-safe. */
public final class RemoteTraffic extends Setup {
    /** What a message is about. */
    public enum Kind {
        /** Mappings, status reports and their answers, to and from correlators; many in one message. */
        SR,
        /** MO and their answers, to and from handlers; many in one message. */
        MO,
        /** Calls of slots. */
        SLOT,
        /** Pekko's own: heartbeats, gossip, sharding. */
        CLUSTER
    }

    private final Map<Kind, LongAdder> messages = adders();
    private final Map<Kind, LongAdder> octets = adders();

    private static Map<Kind, LongAdder> adders() {
        Map<Kind, LongAdder> adders = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            adders.put(kind, new LongAdder());
        }
        return adders;
    }

    /** Since the node started. */
    public long messages(Kind kind) {
        return adder(messages, kind).sum();
    }

    /** Their size as serialized, since the node started. */
    public long octets(Kind kind) {
        return adder(octets, kind).sum();
    }

    void sent(Object message, int size) {
        Kind kind = kind(message instanceof ShardingEnvelope<?> sharded ? sharded.message() : message);
        adder(messages, kind).increment();
        adder(octets, kind).add(size);
    }

    private static Kind kind(Object message) {
        String type = message.getClass().getName();
        if (type.startsWith("org.smsprocess.sr.")) {
            return Kind.SR;
        }
        if (type.startsWith("org.smsprocess.mo.")) {
            return Kind.MO;
        }
        return type.startsWith("org.smsprocess.") ? Kind.SLOT : Kind.CLUSTER;
    }

    private static LongAdder adder(Map<Kind, LongAdder> adders, Kind kind) {
        LongAdder adder = adders.get(kind);
        if (adder == null) {
            throw new IllegalStateException("no adder for " + kind);
        }
        return adder;
    }
}
