// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @Test
    void thePageIsUpToDate() throws IOException {
        if ("write".equals(System.getProperty("settings.page"))) {
            Files.createDirectories(SettingsPage.FILE.getParent());
            Files.writeString(SettingsPage.FILE, SettingsPage.text());
        }

        assertThat(SettingsPage.FILE)
                .as("mvn test -Dtest=SettingsPageTest -Dsettings.page=write makes it again")
                .hasContent(SettingsPage.text());
    }
}
