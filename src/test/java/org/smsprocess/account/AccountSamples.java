// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.LinkedHashMap;
import java.util.Map;
import org.smsprocess.account.SettingsChange.Effect;

/** For every setting of an account another value than its default, and what that change asks of a bound account. */
public final class AccountSamples {
    /** Some settings are of use only beside others. */
    private static final Map<String, String> BESIDE = Map.of(
            "receiver.", "mode = transmitter-receiver",
            "tls.trust-store-password", "tls.trust-store = ca.p12",
            "tls.key-store-password", "tls.key-store = own.p12",
            "mo.webhook.secret", "mo.webhook.url = \"http://127.0.0.1/mo\"");

    private static final String OTHER_VALUES = """
            enabled = false
            smsc-name = Other
            host = 127.0.0.2
            port = 1
            system-id = x
            password = x
            system-type = x
            mode = transmitter-receiver
            receiver.host = 127.0.0.2
            receiver.port = 1
            receiver.system-id = x
            receiver.password = x
            receiver.system-type = x
            child-connections = 2
            connection-scope = node
            max-nodes = 1
            bind-ton = 1
            bind-npi = 1
            address-range = 336
            tls.enabled = true
            tls.verification = skip-hostname
            tls.trust-store = ca.p12
            tls.trust-store-password = x
            tls.key-store = own.p12
            tls.key-store-password = x
            verbose-traces = true
            verbose-text = true
            transliteration = true
            source-number = 777
            short-code = 777
            source-ton = 1
            source-npi = 1
            auto-source-ton = never
            destination-ton = 1
            destination-npi = 1
            service-type = VMA
            window = 11
            max-mt-throughput = 5
            max-account-throughput = 5
            reconnect-delay = 1s
            reconnect-backoff = 3.0
            reconnect-max-delay = 90s
            mt-expiration = 29s
            bind-timeout = 59s
            enquire-link-period = 29s
            in-doubt = hold
            in-doubt-wait = 59s
            encodings = [{ data-coding = 3, charset = LATIN-1 }]
            long-message = sar
            send-full-number = true
            cancel-sm = true
            query-sm.enabled = true
            query-sm.after = 7h
            query-sm.again-after = 7h
            query-sm.tries = 4
            query-sm.max-rate = 9
            invalid-id-acknowledge-count = 1
            unknown-id-wait = 29s
            sr.id-regex = "x(.)"
            sr.status-regex = "x(.)"
            sr.success-regex = x
            sr.error-regex = x
            sr.error-code-regex = "x(.)"
            sr.optional-fields = true
            sr.text-field = true
            sr.user-message-reference = true
            sr.by-text = true
            sr.match-recipient = 7
            sr.unasked = true
            sr.ratio-alarm.min-share = 0.1
            sr.ratio-alarm.maturity = 14m
            sr.ratio-alarm.period = 59m
            sr.ratio-alarm.min-messages = 199
            id-format.mt = auto
            id-format.sr = auto
            service-id-tag = 0x1401
            error-classes.0x99 = retry
            mo.store = false
            mo.reassembly-timeout = 59s
            mo.reply = [{ keyword = x, reply = y }]
            mo.tlvs.linked-sms { tag = 0x1401, format = ascii }
            mo.tlvs.alias { tag = 0x1401, format = ascii }
            mo.tlvs.provider-id { tag = 0x1401, format = ascii }
            mo.tlvs.large-account { tag = 0x1401, format = ascii }
            mo.webhook.url = "http://127.0.0.1/mo"
            mo.webhook.secret = x
            """;

    private AccountSamples() {}

    /** By setting, as an account writes it, a line that changes it. */
    public static Map<String, String> otherValues() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : OTHER_VALUES.lines().toList()) {
            String key = line.split(" ", 2)[0];
            values.put(key.startsWith("error-classes.") ? "error-classes" : key, line);
        }
        return values;
    }

    /** What must stand beside a setting for it to matter; may be empty. */
    public static String beside(String key) {
        return BESIDE.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** What the change asks for: see {@link SettingsChange}. */
    public static SettingsChange change(String key) {
        AccountSnapshot before = account(beside(key));
        AccountSnapshot after = account(beside(key) + "\n" + otherValues().get(key));
        if (before.equals(after)) {
            throw new IllegalStateException(key + " is no other value");
        }
        return SettingsChange.between(before, after);
    }

    /** When a changed value holds, in a few words for a page. */
    public static String takesEffect(String key) {
        SettingsChange change = change(key);
        if (change.needs(Effect.REBIND)) {
            return "new bind";
        }
        return change.needs(Effect.SLOTS) ? "connections" : "at once";
    }

    private static AccountSnapshot account(String lines) {
        return new AccountSnapshot(TestAccounts.account("acme", lines), AccountState.INITIAL);
    }
}
