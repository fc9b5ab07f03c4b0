// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.settings.SettingsFile;

/** The files in {@code conf}, which operators start from. */
class ExampleFilesTest {
    private static final Path CONF = Path.of("conf");

    @TempDir
    Path copy;

    @Test
    void theExampleNodeStartsAsItIs() {
        NodeSettings settings = NodeSettings.from(new SettingsFile(CONF.resolve("application.conf")).load());

        assertThat(settings.accounts()).containsOnlyKeys("example");
        assertThat(settings.accounts().get("example").bind().childConnections()).isEqualTo(2);
    }

    @Test
    void everyLineThatIsCommentedOutWorksToo() throws Exception {
        TestKeys keys = new TestKeys(copy);
        String ca = keys.certificate(keys.identity("ca", "ca.example")).toString();
        Files.createDirectories(copy.resolve("accounts"));
        for (String name : new String[] {"application.conf", "accounts/example.conf"}) {
            String text = Files.readString(CONF.resolve(name));
            // a line such as "  # key = value" or "  # key { … }", and the lines of a list
            String all = text.replaceAll("(?m)^( +)# (?=[a-z.-]+ ?[={]|  \\{|\\])", "$1");
            Files.writeString(copy.resolve(name), all.replace("/etc/sms-process/provider-ca.pem", ca));
        }

        AccountSettings example = NodeSettings.from(new SettingsFile(copy.resolve("application.conf")).load())
                .accounts()
                .get("example");

        assertThat(example.mo().replies()).hasSize(2);
        assertThat(example.bind().mode()).isEqualTo(BindSettings.Mode.TRANSMITTER_RECEIVER);
        assertThat(example.bind().tls().enabled()).isTrue();
        assertThat(example.sr().mtIdFormat()).isEqualTo(SrSettings.IdFormat.HEX_NUMBER);
    }
}
