// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.smsprocess.settings.InvalidSettings;

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
        Configuration configuration = Configuration.of(root);
        InvalidSettings.throwIfAny(configuration.problems());
        return new NodeSettings(configuration.process().orElseThrow(), configuration.accounts());
    }
}
