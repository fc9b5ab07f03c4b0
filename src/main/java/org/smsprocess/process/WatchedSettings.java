// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.settings.SettingsSource;

/** A node's configuration, of which also what takes effect at the next start only is checked whenever it is read. */
final class WatchedSettings implements SettingsSource {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSettings.class);
    private static final String PATH = "sms-process";
    private static final Set<String> IN_FORCE_AT_ONCE = Set.of("accounts", "account-defaults");

    private final SettingsSource source;
    private final Config started;

    /** @param started what the node runs with */
    WatchedSettings(SettingsSource source, Config started) {
        this.source = source;
        this.started = started;
    }

    @Override
    public Config load() {
        return source.load();
    }

    @Override
    public boolean hasChanged() {
        return source.hasChanged();
    }

    @Override
    public List<SettingsProblem> problemsOfTheNextStart(Config root) {
        String changed = changedSections(root);
        if (!changed.isEmpty()) {
            LOG.warn("Settings of {} have changed; they take effect at the next start", changed);
        }
        return AllSettings.problemsAtStart(root);
    }

    private String changedSections(Config root) {
        ConfigObject before = started.getObject(PATH);
        ConfigObject now = root.getObject(PATH);
        return now.keySet().stream()
                .filter(key -> now.get(key) instanceof ConfigObject && !IN_FORCE_AT_ONCE.contains(key))
                .filter(key -> !Objects.equals(now.get(key), before.get(key)))
                .sorted()
                .map(key -> PATH + "." + key)
                .collect(Collectors.joining(", "));
    }
}
