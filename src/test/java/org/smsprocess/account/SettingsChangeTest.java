// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.account.SettingsChange.Effect;

class SettingsChangeTest {
    private static AccountSnapshot account(String line) {
        return new AccountSnapshot(TestAccounts.account("acme", line), AccountState.INITIAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host = other                          | REBIND
            port = 1                              | REBIND
            system-id = x                         | REBIND
            password = x                          | REBIND
            system-type = x                       | REBIND
            mode = transmitter-receiver           | REBIND
            bind-ton = 1                          | REBIND
            tls.enabled = true                    | REBIND
            verbose-traces = true                 | LIMITS
            enquire-link-period = 5s              | REBIND
            mt-expiration = 5s                    | REBIND
            enabled = false                       | SLOTS
            child-connections = 2                 | SLOTS
            connection-scope = node               | SLOTS
            max-nodes = 1                         | SLOTS
            window = 5                            | LIMITS
            max-mt-throughput = 5                 | LIMITS
            max-account-throughput = 5            | LIMITS
            window = 5, host = other              | LIMITS REBIND
            receiver.host = other                 | ''
            source-number = 1                     | ''
            sr.success-regex = "^OK"              | ''
            error-classes.0x99 = retry            | ''
            reconnect-delay = 1s                  | ''
            mo.store = false                      | ''
            """)
    void asksOnlyForWhatTheKeyNeeds(String line, String effects) {
        List<Effect> expected = effects.isEmpty()
                ? List.of()
                : Arrays.stream(effects.split(" ")).map(Effect::valueOf).toList();

        assertThat(SettingsChange.between(account(""), account(line)).effects())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(account("")).isNotEqualTo(account(line));
    }

    @Test
    void theLogSaysInWordsWhatHappens() {
        assertThat(new SettingsChange(EnumSet.of(Effect.LIMITS)).inWords()).isEqualTo("in force at once");
        assertThat(new SettingsChange(EnumSet.of(Effect.LIMITS, Effect.REBIND)).inWords())
                .isEqualTo("connections bind again");
        assertThat(new SettingsChange(EnumSet.of(Effect.SLOTS)).inWords()).isEqualTo("connections come or go");
    }

    @Test
    void theReceiverHalfMattersToAPair() {
        SettingsChange change = SettingsChange.between(
                account("mode = transmitter-receiver"), account("mode = transmitter-receiver, receiver.port = 1"));

        assertThat(change.needs(Effect.REBIND)).isTrue();
    }

    @Test
    void aReceiverIsComparedWithItsPassword() {
        SettingsChange change = SettingsChange.between(
                account("mode = transmitter-receiver"), account("mode = transmitter-receiver, receiver.password = x"));

        assertThat(change.needs(Effect.REBIND)).isTrue();
    }
}
