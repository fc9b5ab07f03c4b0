// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.sr.SrProtocol.Answered;

/** Answers of one microbatch, collected by who asked. Not thread-safe. */
final class Answers {
    private final Map<Place, Lists> byPlace = new LinkedHashMap<>();

    /** Where an SR came from. */
    record Place(long batch, ActorRef<Answered> replyTo) {}

    private static final class Lists {
        private final List<Integer> accepted = new ArrayList<>();
        private final List<Integer> unknown = new ArrayList<>();
        private int learned;
    }

    void accept(Place place, int answerTo) {
        at(place).accepted.add(answerTo);
    }

    void unknown(Place place, int answerTo) {
        at(place).unknown.add(answerTo);
    }

    void learned(Place place, int form) {
        at(place).learned = form;
    }

    void send() {
        byPlace.forEach((place, lists) ->
                place.replyTo().tell(new Answered(place.batch(), lists.accepted, lists.unknown, lists.learned)));
        byPlace.clear();
    }

    private Lists at(Place place) {
        return byPlace.computeIfAbsent(place, any -> new Lists());
    }
}
