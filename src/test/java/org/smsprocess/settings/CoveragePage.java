// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.smsprocess.settings.ReferenceConf.Entry;

/** The page that names the tests of each setting of an account and of each habit of SMSCs. */
final class CoveragePage {
    static final Path FILE = Path.of("src/site/markdown/coverage.md");
    private static final Path BEHAVIOURS = Path.of("src/test/resources/behaviours.txt");
    private static final String ACCOUNT = "sms-process.account-defaults.";

    private CoveragePage() {}

    /** Ids of behaviours, with what they are: id, behaviour, what is right. */
    static List<String[]> behaviours() throws IOException {
        return Files.readAllLines(BEHAVIOURS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .toList();
    }

    /** Keys of an account, without those of the table of error classes. */
    static List<String> keys() throws IOException {
        return ReferenceConf.read().stream()
                .filter(entry -> !entry.isObject() && entry.key().startsWith(ACCOUNT))
                .map(Entry::key)
                .map(key -> key.substring(ACCOUNT.length()))
                .map(key -> key.startsWith("error-classes.") ? "error-classes" : key)
                .distinct()
                .toList();
    }

    static String text() throws IOException {
        List<String> keys = keys();
        Map<String, SortedSet<String>> tests = CitedTests.of(keys);
        StringBuilder page = new StringBuilder("""
                # What is tested where

                Made from the sources of the tests by `mvn test -Dtest=SettingsPageTest -Dsettings.page=write`. A test that observes
                something carries its key or id as a tag, in its comment, or in its data.

                ## Settings of accounts

                | key | tests |
                |---|---|
                """);
        keys.forEach(key -> page.append("| `%s` | %s |\n".formatted(key, shown(tests, key))));
        page.append("""

                ## Habits of SMSCs

                | id | behaviour | right then | tests |
                |---|---|---|---|
                """);
        for (String[] behaviour : behaviours()) {
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(behaviour[0], behaviour[1], behaviour[2], shown(tests, behaviour[0])));
        }
        return page.toString();
    }

    private static String shown(Map<String, SortedSet<String>> tests, String what) {
        return tests.getOrDefault(what, new TreeSet<>()).stream()
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining(", "));
    }
}
