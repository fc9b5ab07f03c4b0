// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import com.typesafe.config.Config;
import java.util.List;

/** Where the configuration comes from. Used by one thread at a time; may block. */
public interface SettingsSource {
    /**
     * Reads it now.
     *
     * @return the whole, resolved configuration, reference.conf included
     * @throws InvalidSettings if it cannot be read or parsed
     */
    Config load();

    /** Whether {@link #load} would see something other than the last time. */
    boolean hasChanged();

    /**
     * What is wrong in sections that take effect at the next start only: told now, because nobody wants to learn of it then.
     *
     * @param root what {@link #load} returned
     */
    default List<SettingsProblem> problemsOfTheNextStart(Config root) {
        return List.of();
    }

    /** A configuration that stays as it is. */
    static SettingsSource of(Config config) {
        return new SettingsSource() {
            @Override
            public Config load() {
                return config;
            }

            @Override
            public boolean hasChanged() {
                return false;
            }
        };
    }
}
