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
                        account, (name, state) -> after(change, state == null ? AccountState.INITIAL : state)));
    }

    /** What each switch does. */
    public static AccountState after(Switch change, AccountState state) {
        return switch (change) {
            case ENABLE -> new AccountState(true, state.deliveriesPaused());
            case DISABLE -> new AccountState(false, state.deliveriesPaused());
            case PAUSE_DELIVERIES -> new AccountState(state.enabled(), true);
            case RESUME_DELIVERIES -> new AccountState(state.enabled(), false);
        };
    }

    private static <T> CompletionStage<T> away() {
        return CompletableFuture.failedFuture(new IllegalStateException("the database is away"));
    }
}
