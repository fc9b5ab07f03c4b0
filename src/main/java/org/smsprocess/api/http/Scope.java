// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a request needs and a token grants. */
public enum Scope {
    /** No token needed: health checks and the console's page, which holds no data. */
    OPEN,
    /** Look at messages, deliveries, accounts, connections, inbox, quarantine, metrics. */
    READ,
    /** Submit messages, create and drive deliveries. */
    SEND,
    /** Settle messages in doubt, change the quarantine, switch accounts; includes the others. */
    ADMIN;

    /** A scope that a token can have. */
    static Optional<Scope> named(String word) {
        return Stream.of(READ, SEND, ADMIN)
                .filter(scope -> scope.wireName().equals(word))
                .findFirst();
    }

    boolean isGrantedBy(Set<Scope> granted) {
        return this == OPEN || granted.contains(this) || granted.contains(ADMIN);
    }

    /** As in settings and answers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
