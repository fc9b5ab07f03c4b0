// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.account.AccountRegistry.Added;
import org.smsprocess.account.AccountRegistry.Changed;
import org.smsprocess.account.AccountRegistry.Event;
import org.smsprocess.account.AccountRegistry.Removed;
import org.smsprocess.settings.SettingsProblem;

/**
 * What the registry holds in force, and whom it tells.
 *
 * @param problems of the files as they are now
 */
record KnownAccounts(
        Map<String, AccountSettings> settings,
        Map<String, AccountState> states,
        Set<ActorRef<Event>> subscribers,
        List<SettingsProblem> problems) {

    SortedMap<String, AccountSnapshot> accounts() {
        SortedMap<String, AccountSnapshot> accounts = new TreeMap<>();
        settings.forEach((name, its) ->
                accounts.put(name, new AccountSnapshot(its, states.getOrDefault(name, AccountState.INITIAL))));
        return accounts;
    }

    KnownAccounts withStates(Map<String, AccountState> now) {
        return new KnownAccounts(settings, now, subscribers, problems);
    }

    KnownAccounts withState(String account, AccountState state) {
        Map<String, AccountState> now = new TreeMap<>(states);
        now.put(account, state);
        return withStates(now);
    }

    KnownAccounts withSubscribers(UnaryOperator<Set<ActorRef<Event>>> change) {
        return new KnownAccounts(settings, states, change.apply(new LinkedHashSet<>(subscribers)), problems);
    }

    /** An account that is refused stays as it was. */
    KnownAccounts after(Configuration configuration) {
        if (!configuration.isReadable()) {
            return new KnownAccounts(settings, states, subscribers, configuration.problems());
        }
        Map<String, AccountSettings> now = new TreeMap<>(configuration.accounts());
        configuration.refused().stream()
                .filter(settings::containsKey)
                .forEach(name -> now.put(name, settings.get(name)));
        return new KnownAccounts(now, states, subscribers, configuration.problems());
    }

    /** What turned the other into this. */
    List<Event> eventsSince(KnownAccounts other) {
        SortedMap<String, AccountSnapshot> before = other.accounts();
        SortedMap<String, AccountSnapshot> after = accounts();
        List<Event> events = new ArrayList<>();
        before.forEach((name, old) -> {
            AccountSnapshot now = after.get(name);
            if (now == null) {
                events.add(new Removed(old));
            } else if (!now.equals(old)) {
                events.add(new Changed(old, now, SettingsChange.between(old, now)));
            }
        });
        after.forEach((name, now) -> {
            if (!before.containsKey(name)) {
                events.add(new Added(now));
            }
        });
        return events;
    }
}
