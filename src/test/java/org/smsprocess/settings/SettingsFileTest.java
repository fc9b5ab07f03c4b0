// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    Path directory;

    private Path main;
    private SettingsFile file;

    @BeforeEach
    void writeMain() throws IOException {
        main = directory.resolve("node.conf");
        file = new SettingsFile(main);
        write("node.conf", "a = 1\ninclude \"more\"\ninclude \"accounts/x.conf\"\n");
    }

    private void write(String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void readsTheFileItsIncludesAndTheDefaults() throws IOException {
        write("more.conf", "b = 2");
        write("accounts/x.conf", "c = 3, include \"y.conf\"");
        write("accounts/y.conf", "d = ${c}");

        assertThat(file.load().getInt("a")).isEqualTo(1);
        assertThat(file.load().getInt("b")).isEqualTo(2);
        assertThat(file.load().getInt("d")).isEqualTo(3);
        assertThat(file.load().hasPath("sms-process.sending-threads")).isTrue();
    }

    @Test
    void isUnchangedUntilSomeContentIs() throws IOException {
        write("accounts/x.conf", "c = 3, include \"y.conf\"");
        write("accounts/y.conf", "d = 4");
        file.load();

        write("accounts/y.conf", "d = 4");
        assertThat(file.hasChanged()).isFalse();

        write("accounts/y.conf", "d = 5");
        assertThat(file.hasChanged()).isTrue();

        file.load();
        assertThat(file.hasChanged()).isFalse();
    }

    @Test
    void anIncludedFileThatComesUpOrGoesIsAChange() throws IOException {
        file.load();

        write("more.conf", "b = 2");
        assertThat(file.hasChanged()).isTrue();

        assertThat(file.load().getInt("b")).isEqualTo(2);
        Files.delete(directory.resolve("more.conf"));
        assertThat(file.hasChanged()).isTrue();
    }

    @Test
    void aFileThatIsGoneIsAProblemNotAnEmptyConfiguration() throws IOException {
        file.load();
        Files.delete(main);

        assertThat(file.hasChanged()).isTrue();
        assertThatThrownBy(file::load)
                .isInstanceOf(InvalidSettings.class)
                .hasMessage(main + ": the file does not exist");
    }

    @Test
    void aSyntaxErrorIsToldWithItsLine() throws IOException {
        write("accounts/x.conf", "c = 3\nd = [1, 2\n");

        assertThatThrownBy(file::load)
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith(directory.resolve("accounts/x.conf") + ":3: the file cannot be used: ");
    }

    @Test
    void aMistypedRootIsNotReadAsNothing() throws IOException {
        write("node.conf", "common { host = x }\nsms-proces.http.port = 1\n");

        assertThatThrownBy(file::load)
                .isInstanceOf(InvalidSettings.class)
                .hasMessage(main + ":2: sms-proces is not a setting; did you mean sms-process?");
    }

    @Test
    void aRequiredFileThatIsNotThereIsNamed() throws IOException {
        write("node.conf", "include required(\"accounts/none.conf\")\n");

        assertThatThrownBy(file::load)
                .isInstanceOf(InvalidSettings.class)
                .hasMessage(main + ": the file or one that it includes requires accounts/none.conf,"
                        + " which does not exist beside it");
    }

    @Test
    void anEnvironmentVariableThatIsMissingIsToldWithItsLine() throws IOException {
        write("node.conf", "a = 1\nb = ${SMS_NOT_THERE}\n");

        assertThatThrownBy(file::load)
                .isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith(main + ":2: the file ");
    }
}
