// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.api.TestApi;
import org.smsprocess.settings.InvalidSettings;

class HttpSettingsTest {
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"; // "test"

    @Test
    void listensOnlyOnThisMachineByDefault() {
        HttpSettings settings = HttpSettings.from(TestApi.config("port = 8080"));

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.maxMessages()).isEqualTo(10_000);
        assertThat(settings.tokens()).isEmpty();
        assertThat(settings.tls().isEnabled()).isFalse();
    }

    @Test
    @Observes("http.host")
    void refusesToListenBeyondLoopbackWithoutTokens() {
        assertThatThrownBy(() -> HttpSettings.from(TestApi.config("host = 0.0.0.0")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("sms-process.http.tokens")
                .hasMessageContaining("sms-process token");

        assertThatCode(() -> HttpSettings.from(TestApi.config(
                        "host = 0.0.0.0, tokens = [ { name = crm, sha256 = " + HASH + ", scopes = read } ]")))
                .doesNotThrowAnyException();
    }

    @Test
    void readsTokens() {
        HttpSettings settings = HttpSettings.from(TestApi.config(
                "tokens = [ { name = crm, sha256 = " + HASH.toUpperCase(Locale.ROOT) + ", scopes = \"send read\" } ]"));

        assertThat(settings.tokens()).containsExactly(new ApiToken("crm", HASH, Set.of(Scope.SEND, Scope.READ)));
        assertThat(settings.tokens().get(0).isFor(ApiToken.sha256("test"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port = 65536                                                      | sms-process.http.port
            max-messages = 0                                                  | sms-process.http.max-messages
            max-body = 12                                                     | sms-process.http.max-body
            idle-timeout = 0s                                                 | sms-process.http.idle-timeout
            tls { certificate = /no/such.pem, private-key = /no/such.key }    | sms-process.http.tls.certificate = "/no/such.pem" does not exist
            tls { key-store = pom.xml }                                       | sms-process.http.tls.key-store = "pom.xml" cannot be
            host = 0.0.0.0                                                    | sms-process.http.host = "0.0.0.0" is beyond this machine
            host = no.such.host.invalid                                       | sms-process.http.host
            tokens = [ { name = a, sha256 = abc, scopes = read } ]            | sms-process.http.tokens[0].sha256
            tls.certificate = server.pem                                      | sms-process.http.tls.certificate
            tls { key-store = a.p12, certificate = b.pem, private-key = c }   | sms-process.http.tls.key-store
            """)
    void namesTheWrongKey(String setting, String key) {
        assertThatThrownBy(() -> HttpSettings.from(TestApi.config(setting)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(key);
    }

    @Test
    void namesAScopeThatDoesNotExist() {
        assertThatThrownBy(() -> HttpSettings.from(
                        TestApi.config("tokens = [ { name = a, sha256 = " + HASH + ", scopes = \"read root\" } ]")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("holds none of send, read, admin: root");
    }
}
