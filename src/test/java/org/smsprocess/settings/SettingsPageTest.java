// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @BeforeAll
    static void write() throws IOException {
        if ("write".equals(System.getProperty("settings.page"))) {
            Files.createDirectories(SettingsPage.FILE.getParent());
            Files.writeString(SettingsPage.FILE, SettingsPage.text());
            Files.writeString(CoveragePage.FILE, CoveragePage.text());
        }
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        assertThat(SettingsPage.FILE)
                .as("mvn test -Dtest=SettingsPageTest -Dsettings.page=write makes it again")
                .hasContent(SettingsPage.text());
    }
}
