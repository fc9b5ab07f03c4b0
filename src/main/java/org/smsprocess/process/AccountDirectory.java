// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;

/** The accounts as they are now, for all who only look. Written by the guardian alone; thread-safe to read. */
final class AccountDirectory {
    private final ConcurrentMap<String, AccountSnapshot> byName = new ConcurrentHashMap<>();

    @Nullable AccountSnapshot find(String account) {
        return byName.get(account);
    }

    @Nullable AccountSettings settings(String account) {
        AccountSnapshot found = byName.get(account);
        return found == null ? null : found.settings();
    }

    /** Sorted by name. */
    Map<String, AccountSettings> all() {
        Map<String, AccountSettings> all = new TreeMap<>();
        byName.forEach((name, account) -> all.put(name, account.settings()));
        return all;
    }

    void put(AccountSnapshot account) {
        byName.put(account.name(), account);
    }

    void remove(String account) {
        byName.remove(account);
    }
}
