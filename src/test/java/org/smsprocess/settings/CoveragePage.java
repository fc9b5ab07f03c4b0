// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smsprocess.settings.ReferenceConf.Entry;

/** The page that names the tests of each setting and of each habit of SMSCs. */
final class CoveragePage {
    static final Path FILE = Path.of("src/site/markdown/coverage.md");
    static final String ACCOUNTS = "Settings of accounts";
    static final String PROCESS = "Settings of the process";
    static final String DELIVERIES = "Fields of a delivery";
    static final String SIMULATOR = "Settings of the simulator";

    private static final Path BEHAVIOURS = Path.of("src/test/resources/behaviours.txt");
    private static final Path READERS = Path.of("src/main/java/org/smsprocess/api/requests");
    private static final Pattern FIELD = Pattern.compile("case \"(\\w+)\" ->");
    private static final String ACCOUNT = "sms-process.account-defaults.";
    private static final String SIMULATOR_ROOT = "sms-process-simulator.";
    private static final String PROCESS_ROOT = "sms-process.";

    /** What is one setting to its reader, although it has keys of its own. */
    private static final List<String> WHOLE = List.of("error-classes", "http.upload-dispatcher");

    private CoveragePage() {}

    /** Ids of behaviours, with what they are: id, behaviour, what is right. */
    static List<String[]> behaviours() throws IOException {
        return Files.readAllLines(BEHAVIOURS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .toList();
    }

    /** All there is to set, as {@link org.smsprocess.Observes} writes it, by chapter. */
    static Map<String, SortedSet<String>> keys() throws IOException {
        Map<String, SortedSet<String>> keys = new LinkedHashMap<>();
        List.of(ACCOUNTS, PROCESS, DELIVERIES, SIMULATOR).forEach(chapter -> keys.put(chapter, new TreeSet<>()));
        for (Entry entry : ReferenceConf.read()) {
            String key = entry.key();
            if (entry.isObject()) {
                continue;
            }
            if (key.startsWith(ACCOUNT)) {
                keys.get(ACCOUNTS).add(whole(key.substring(ACCOUNT.length())));
            } else if (key.startsWith(SIMULATOR_ROOT)) {
                keys.get(SIMULATOR).add("simulator." + key.substring(SIMULATOR_ROOT.length()));
            } else {
                keys.get(PROCESS).add(whole(key.substring(PROCESS_ROOT.length())));
            }
        }
        keys.get(DELIVERIES).addAll(fields("SettingsFields", "delivery."));
        keys.get(DELIVERIES).addAll(fields("WireFields", "delivery."));
        keys.get(DELIVERIES).remove("delivery.tlvs");
        keys.get(DELIVERIES).addAll(fields("TlvFields", "delivery.tlvs."));
        return keys;
    }

    private static String whole(String key) {
        return WHOLE.stream()
                .filter(whole -> key.startsWith(whole + "."))
                .findFirst()
                .orElse(key);
    }

    /** A field of a request is what its reader knows a case of. */
    private static List<String> fields(String reader, String prefix) throws IOException {
        List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(Files.readString(READERS.resolve(reader + ".java")));
        while (field.find()) {
            fields.add(prefix + field.group(1));
        }
        return fields;
    }

    static String text() throws IOException {
        Map<String, SortedSet<String>> observing = ObservingTests.read();
        StringBuilder page = new StringBuilder("""
                # What is tested where

                Made from the tests by `mvn test -Dtest=SettingsPageTest -Dsettings.page=write`; the build fails when it is out of date, when a
                setting of an account, of a delivery or of the process has no test, or a habit of SMSCs none.

                A test that is named with a setting gives it another value and sees the process do another thing: on the wire, in the
                database, in the log or over HTTP. `unobserved-settings.txt` beside the tests lists those that are only read in one so far.
                """);
        keys().forEach((chapter, keys) -> {
            page.append("\n## %s\n\n| setting | observed by |\n|---|---|\n".formatted(chapter));
            keys.forEach(key -> page.append("| `%s` | %s |\n".formatted(key, shown(observing, key))));
        });
        Map<String, SortedSet<String>> cited = CitedTests.read();
        page.append("""

                ## Habits of SMSCs

                | id | behaviour | right then | tests |
                |---|---|---|---|
                """);
        for (String[] behaviour : behaviours()) {
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(behaviour[0], behaviour[1], behaviour[2], shown(cited, behaviour[0])));
        }
        return page.toString();
    }

    private static String shown(Map<String, SortedSet<String>> tests, String what) {
        return tests.getOrDefault(what, new TreeSet<>()).stream()
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining(", "));
    }
}
