// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What operators switch, in memory; can be made unreachable. */
public final class MemoryAccountStates implements AccountStateStore {
    private final Map<String, AccountState> states = new ConcurrentHashMap<>();
    private volatile boolean isAway;
    private volatile boolean isBroken;

    /** The next look throws, as a bug would. */
    public void breakOnce() {
        isBroken = true;
    }

    public void setAway(boolean away) {
        isAway = away;
    }

    @Override
    public CompletionStage<Map<String, AccountState>> load() {
        if (isBroken) {
            isBroken = false;
            throw new IllegalStateException("a bug");
        }
        return isAway ? away() : CompletableFuture.completedFuture(Map.copyOf(states));
    }

    @Override
    public CompletionStage<AccountState> apply(String account, Switch change) {
        return isAway
                ? away()
                : CompletableFuture.completedFuture(states.compute(
                        account, (name, state) -> change.applyTo(state == null ? AccountState.INITIAL : state)));
    }

    private static <T> CompletionStage<T> away() {
        return CompletableFuture.failedFuture(new IllegalStateException("the database is away"));
    }
}
