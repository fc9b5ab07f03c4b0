// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.settings.SettingsProblem;

/**
 * The accounts as they are now, for readers outside of actors; also what an {@link AccountRegistry} that is restarted goes on with.
 * Threadsafe; written by the registry alone.
 */
public final class AccountDirectory {
    private volatile SortedMap<String, AccountSnapshot> accounts = Collections.emptySortedMap();
    private volatile @Nullable KnownAccounts known;

    /** By name; cannot be changed. */
    public SortedMap<String, AccountSnapshot> accounts() {
        return accounts;
    }

    public Optional<AccountSnapshot> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** What is wrong in the files as they are now; not in force. */
    public List<SettingsProblem> problems() {
        KnownAccounts now = known;
        return now == null ? List.of() : now.problems();
    }

    /** What was in force last; null before the registry's first start. */
    @Nullable
    KnownAccounts known() {
        return known;
    }

    void replace(KnownAccounts now) {
        known = now;
        accounts = Collections.unmodifiableSortedMap(now.accounts());
    }
}
