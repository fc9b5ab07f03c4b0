// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.settings.UnknownKeys;

/**
 * The process and all its accounts, as one configuration has them.
 *
 * @param accounts by name; cannot be changed
 */
public record NodeSettings(ProcessSettings process, SortedMap<String, AccountSettings> accounts) {
    public NodeSettings {
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    }

    /**
     * @param root the whole, resolved configuration, reference.conf included
     * @throws InvalidSettings with every problem of the process and of every account, and every key that does not exist
     */
    public static NodeSettings from(Config root) {
        List<SettingsProblem> problems = new ArrayList<>();
        UnknownKeys.note(root, ProcessSettings.PATH, problems);
        ProcessSettings process = ProcessSettings.read(root, problems);
        SortedMap<String, AccountSettings> accounts = new TreeMap<>();
        for (String name : root.getObject(AccountSettings.ACCOUNTS).keySet()) {
            AccountSettings.read(name, root, problems).ifPresent(account -> accounts.put(name, account));
        }
        InvalidSettings.throwIfAny(problems);
        return new NodeSettings(process, accounts);
    }
}
