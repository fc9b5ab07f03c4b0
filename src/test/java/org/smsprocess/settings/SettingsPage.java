// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.smsprocess.settings.ReferenceConf.Entry;

/** The page of all settings, made from reference.conf. */
final class SettingsPage {
    static final Path FILE = Path.of("src/site/markdown/settings.md");

    private SettingsPage() {}

    static String text() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Settings

                Every key with its default, as `reference.conf` has them; this page is made from that file by
                `mvn test -Dtest=SettingsPageTest -Dsettings.page=write` and the build fails when it is out of date.
                Durations and sizes take units (`30s`, `500ms`, `64k`). An account takes what it does not set itself from
                `sms-process.account-defaults`.
                """);
        String chapter = "";
        for (Entry entry : ReferenceConf.read()) {
            if (!entry.chapter().equals(chapter)) {
                chapter = entry.chapter();
                page.append("\n## ")
                        .append(Character.toUpperCase(chapter.charAt(0)))
                        .append(chapter.substring(1));
                page.append("\n\n| key | default | meaning |\n|---|---|---|\n");
            }
            if (!entry.isObject()) {
                page.append(row(entry));
            } else if (!entry.meaning().isEmpty()) {
                page.append("| **`%s`** | | %s |\n".formatted(entry.key(), cell(entry.meaning())));
            }
        }
        return page.toString();
    }

    private static String row(Entry entry) {
        String environment = entry.environment()
                .map(variable -> " Environment: `" + variable + "`.")
                .orElse("");
        return "| `%s` | %s | %s%s |\n".formatted(entry.key(), code(entry.value()), cell(entry.meaning()), environment);
    }

    private static String code(String value) {
        return List.of("\"\"", "null").contains(value) ? value : "`" + value.replace("|", "\\|") + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
