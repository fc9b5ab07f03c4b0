// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;

/**
 * One thing wrong with the configuration, worded for the person who wrote it.
 *
 * @param location file and line, {@code conf/application.conf:17}, or the name of an environment variable
 * @param key full path of the setting, {@code sms-process.accounts.acme.window}
 * @param detail what follows the key in a sentence: {@code = 0 is out of range (1 to 10000)}
 */
public record SettingsProblem(String location, String key, String detail) {
    private static final String MERGE = "merge of ";

    static SettingsProblem at(ConfigOrigin origin, String key, String detail) {
        return new SettingsProblem(location(origin), key, detail);
    }

    static String location(ConfigOrigin origin) {
        String file = origin.filename();
        if (file != null) {
            String shown = shown(Path.of(file));
            return origin.lineNumber() > 0 ? shown + ":" + origin.lineNumber() : shown;
        }
        // an object that several files add to: the first is the one that has priority
        String description = origin.description();
        if (!description.startsWith(MERGE)) {
            return description;
        }
        String first = description.substring(MERGE.length()).split(",", 2)[0];
        int line = first.lastIndexOf(": ");
        return first.startsWith("/") && line > 0
                ? shown(Path.of(first.substring(0, line))) + ":" + first.substring(line + 2)
                : first;
    }

    static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.isAbsolute() && file.startsWith(here)
                ? here.relativize(file).toString()
                : file.toString();
    }

    @Override
    public String toString() {
        return location + ": " + key + " " + detail;
    }
}
