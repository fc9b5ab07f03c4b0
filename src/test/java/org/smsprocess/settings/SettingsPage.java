// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smsprocess.account.AccountSamples;
import org.smsprocess.settings.ReferenceConf.Entry;

/** The page of all settings, made from reference.conf. */
final class SettingsPage {
    static final Path FILE = Path.of("src/site/markdown/settings.md");

    private static final String ACCOUNTS = "accounts";
    private static final String DEFAULTS = "sms-process.account-defaults.";
    private static final Pattern TERM = Pattern.compile("([a-z-]+) {2,}(.+)");

    private SettingsPage() {}

    static String text() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Settings

                Every key with its default, as `reference.conf` has them; this page is made from that file by
                `mvn test -Dtest=SettingsPageTest -Dsettings.page=write` and the build fails when it is out of date.
                Durations and sizes take units (`30s`, `500ms`, `64k`). An account takes what it does not set itself from
                `sms-process.account-defaults`.

                Settings of accounts may change while the process runs: files are looked at every `config-refresh`, or at
                `POST /api/v1/reload`. A change takes effect

                - **at once**: for the next message, SR, MO or bind; nobody unbinds;
                - with a **new bind**: each connection of the account drains its window, unbinds, and binds with the new value;
                - by **connections** that come or go; those that stay go on, those that go drain and unbind.

                Other accounts are not touched. All other settings take effect when the node starts again; a wrong one is told at once.
                """);
        String chapter = "";
        for (Entry entry : ReferenceConf.read()) {
            if (!entry.chapter().equals(chapter)) {
                chapter = entry.chapter();
                page.append("\n## ")
                        .append(Character.toUpperCase(chapter.charAt(0)))
                        .append(chapter.substring(1));
                page.append(
                        chapter.equals(ACCOUNTS)
                                ? "\n\n| key | default | a change takes effect | meaning |\n|---|---|---|---|\n"
                                : "\n\n| key | default | meaning |\n|---|---|---|\n");
            }
            if (!entry.isObject()) {
                page.append(row(entry));
            } else if (!entry.meaning().isEmpty()) {
                String empty = chapter.equals(ACCOUNTS) ? " |" : "";
                page.append("| **`%s`** | |%s %s |\n".formatted(entry.key(), empty, cell(entry.meaning())));
            }
        }
        return page.toString();
    }

    private static String row(Entry entry) {
        String environment = entry.environment()
                .map(variable -> " Environment: `" + variable + "`.")
                .orElse("");
        String effect = entry.key().startsWith(DEFAULTS) ? " | " + effect(entry.key()) : "";
        return "| `%s` | %s%s | %s%s |\n"
                .formatted(entry.key(), code(entry.value()), effect, cell(entry.meaning()), environment);
    }

    private static String effect(String key) {
        String ofAccount = key.substring(DEFAULTS.length());
        return AccountSamples.takesEffect(ofAccount.startsWith("error-classes.") ? "error-classes" : ofAccount);
    }

    private static String code(String value) {
        return List.of("\"\"", "null").contains(value) ? value : "`" + value.replace("|", "\\|") + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|")
                .replace("<", "&lt;")
                .lines()
                .map(line -> line.startsWith("\t") ? listed(line.strip()) : line)
                .collect(Collectors.joining("<br>"));
    }

    /** A word and what it means, or an example. */
    private static String listed(String line) {
        Matcher term = TERM.matcher(line);
        return term.matches() ? "`" + term.group(1) + "`: " + term.group(2) : "`" + line + "`";
    }
}
