// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSnapshot;

/** The settings in force now, for all who only read them. Written by the guardian alone; thread-safe to read. */
final class AccountDirectory {
    private volatile SortedMap<String, AccountSnapshot> byName = Collections.emptySortedMap();

    SortedMap<String, AccountSnapshot> all() {
        return byName;
    }

    @Nullable
    AccountSnapshot find(String account) {
        return byName.get(account);
    }

    void replace(SortedMap<String, AccountSnapshot> accounts) {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    }
}
