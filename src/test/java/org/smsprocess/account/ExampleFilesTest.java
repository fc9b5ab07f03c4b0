// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.api.http.ApiToken;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Scope;
import org.smsprocess.settings.SettingsFile;
import org.smsprocess.store.DatastoreSettings;

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
            Files.writeString(
                    copy.resolve(name),
                    all.replace("/etc/sms-process/provider-ca.pem", ca).replace("\"…\"", '"' + "0".repeat(64) + '"'));
        }

        Config all = new SettingsFile(copy.resolve("application.conf")).load();
        AccountSettings example = NodeSettings.from(all).accounts().get("example");

        assertThat(example.mo().replies()).hasSize(2);
        assertThat(example.bind().mode()).isEqualTo(BindSettings.Mode.TRANSMITTER_RECEIVER);
        assertThat(example.bind().tls().enabled()).isTrue();
        assertThat(example.sr().mtIdFormat()).isEqualTo(SrSettings.IdFormat.HEX_NUMBER);
        assertThat(HttpSettings.from(all).tokens())
                .extracting(ApiToken::scopes)
                .containsExactly(Set.of(Scope.SEND, Scope.READ));
        assertThat(DatastoreSettings.from(all).url()).isEqualTo("jdbc:postgresql://db.example.com:5432/sms");
    }
}
