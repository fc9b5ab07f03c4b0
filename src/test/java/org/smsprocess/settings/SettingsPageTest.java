// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSamples;

class SettingsPageTest {
    private static final String WRITE = "mvn test -Dtest=SettingsPageTest -Dsettings.page=write makes it again";

    /** Shrinks only: a new setting comes with its test. */
    private static final Path UNOBSERVED = Path.of("src/test/resources/unobserved-settings.txt");

    /** Habits that are being taught; shrinks only. */
    private static final Path UNTESTED = Path.of("src/test/resources/untested-behaviours.txt");

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
        assertThat(SettingsPage.FILE).as(WRITE).hasContent(SettingsPage.text());
    }

    @Test
    void thePageOfTestsIsUpToDate() throws IOException {
        assertThat(CoveragePage.FILE).as(WRITE).hasContent(CoveragePage.text());
    }

    @Test
    void everySettingIsObservedByATest() throws IOException {
        SortedSet<String> unobserved = new TreeSet<>();
        CoveragePage.keys().values().forEach(unobserved::addAll);
        unobserved.removeAll(ObservingTests.read().keySet());

        assertThat(unobserved).as("give it a test with @Observes").isSubsetOf(lines(UNOBSERVED));
    }

    @Test
    void noSettingOfAnAccountOrDeliveryMayWaitForItsTest() throws IOException {
        Map<String, SortedSet<String>> keys = CoveragePage.keys();

        assertThat(lines(UNOBSERVED))
                .doesNotContainAnyElementsOf(keys.get(CoveragePage.ACCOUNTS))
                .doesNotContainAnyElementsOf(keys.get(CoveragePage.DELIVERIES));
    }

    @Test
    void everySettingOfAnAccountHasAnotherValueToChangeTo() throws IOException {
        assertThat(AccountSamples.otherValues())
                .containsOnlyKeys(CoveragePage.keys().get(CoveragePage.ACCOUNTS));
    }

    @Test
    void whatIsObservedExists() throws IOException {
        SortedSet<String> keys = new TreeSet<>();
        CoveragePage.keys().values().forEach(keys::addAll);

        assertThat(keys).containsAll(ObservingTests.read().keySet());
    }

    @Test
    void everyHabitHasATest() throws IOException {
        SortedSet<String> untested = new TreeSet<>();
        CoveragePage.behaviours().forEach(behaviour -> untested.add(behaviour[0]));
        assertThat(untested).hasSize(34 + 25 + 32 + 14);
        untested.removeAll(CitedTests.read().keySet());

        assertThat(untested).isSubsetOf(lines(UNTESTED));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
