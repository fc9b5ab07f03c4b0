// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The accounts as they are now, for readers outside of actors. Threadsafe; written by the {@link AccountRegistry} alone. */
public final class AccountDirectory {
    private volatile SortedMap<String, AccountSnapshot> accounts = Collections.emptySortedMap();

    /** By name; cannot be changed. */
    public SortedMap<String, AccountSnapshot> accounts() {
        return accounts;
    }

    public Optional<AccountSnapshot> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    void replace(Map<String, AccountSnapshot> now) {
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(now));
    }
}
