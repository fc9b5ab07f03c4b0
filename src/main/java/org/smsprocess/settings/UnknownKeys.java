// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds keys that no one reads: what reference.conf does not name does not exist. */
public final class UnknownKeys {
    /** A -D property that starts like ours may be meant for somebody else, a build tool for one. */
    private static final String SYSTEM_PROPERTIES = "system properties";

    private static final List<String> OURS = List.of("sms-process", "sms-process-simulator");

    private UnknownKeys() {}

    /**
     * Notes each key below path that the reference.conf files on the class path do not name. An object that is empty there
     * ({@code accounts {}}) has free keys and is left to its own reader.
     */
    public static void note(Config config, String path, List<SettingsProblem> problems) {
        ConfigObject known = ConfigFactory.defaultReferenceUnresolved().getObject(path);
        note(config.getObject(path), known, path, problems);
    }

    /**
     * Notes roots that are nearly ours: {@code sms-proces { … }} would be read by nobody, and the node run with the defaults. Others may
     * stand there, for substitutions.
     */
    static void noteMistypedRoots(ConfigObject file, List<SettingsProblem> problems) {
        Collection<String> known =
                ConfigFactory.defaultReferenceUnresolved().root().keySet();
        for (String root : file.keySet()) {
            if (!known.contains(root) && OURS.stream().anyMatch(ours -> distance(root, ours) <= 2)) {
                problems.add(unknown(file.get(root).origin(), root, root, OURS));
            }
        }
    }

    private static void note(ConfigObject actual, ConfigObject known, String path, List<SettingsProblem> problems) {
        for (Map.Entry<String, ConfigValue> entry : actual.entrySet()) {
            String key = entry.getKey();
            String fullKey = path + "." + ConfigUtil.joinPath(key);
            ConfigValue value = entry.getValue();
            if (!known.containsKey(key)) {
                if (!value.origin().description().equals(SYSTEM_PROPERTIES)) {
                    problems.add(unknown(value.origin(), fullKey, key, known.keySet()));
                }
            } else if (value instanceof ConfigObject inner
                    && known.get(key) instanceof ConfigObject knownInner
                    && !knownInner.isEmpty()) {
                note(inner, knownInner, fullKey, problems);
            }
        }
    }

    static SettingsProblem unknown(ConfigOrigin origin, String fullKey, String key, Collection<String> known) {
        String hint = known.stream()
                .filter(candidate -> distance(key, candidate) <= 2)
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(closest -> "; did you mean " + closest + "?")
                .orElse("");
        return SettingsProblem.at(origin, fullKey, "is not a setting" + hint);
    }

    /** Single-letter changes, additions and removals that turn one word into the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
