// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.sr.Mapping;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.sr.reading.ProviderKey;

/** The way of an account's mappings to the buckets of its SR correlator. Not thread-safe. */
final class MappingRoute {
    private final String account;
    private final ConnectionServices.SrRoute correlators;
    private final ActorRef<SrProtocol.Persisted> persistedTo;
    private long rounds;

    /** @param persistedTo hears of each bucket, by its tag */
    MappingRoute(String account, ConnectionServices.SrRoute correlators, ActorRef<SrProtocol.Persisted> persistedTo) {
        this.account = account;
        this.correlators = correlators;
        this.persistedTo = persistedTo;
    }

    /** @return what each bucket is to be told, by a tag that is never used again */
    Map<Long, SrProtocol.Submitted> byBucket(List<Mapping> mappings) {
        Map<Long, SrProtocol.Submitted> told = new HashMap<>();
        int buckets = correlators.buckets();
        long round = rounds++;
        for (Mapping mapping : mappings) {
            long tag = round * buckets + ProviderKey.bucketOf(mapping.key(), buckets);
            told.computeIfAbsent(tag, id -> new SrProtocol.Submitted(id, new ArrayList<>(), persistedTo))
                    .mappings()
                    .add(mapping);
        }
        return told;
    }

    void tell(SrProtocol.Submitted submitted) {
        int bucket = (int) (submitted.batch() % correlators.buckets());
        correlators.tell(account, bucket, submitted);
    }
}
