// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.account.BindSettings.Mode;
import org.smsprocess.account.tls.TlsSettings;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.charsets.SmsCharset;

class NodeSettingsTest {
    private static Config node(String... lines) {
        ConfigParseOptions named = ConfigParseOptions.defaults().setOriginDescription("node.conf");
        return ConfigFactory.load(ConfigFactory.parseString(String.join("\n", lines), named));
    }

    private static Config acme(String line) {
        return node("sms-process.accounts.acme { host = 127.0.0.1", line, "}");
    }

    private static List<String> problems(Config config) {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> NodeSettings.from(config));
        return invalid == null
                ? List.of()
                : invalid.problems().stream().map(SettingsProblem::toString).toList();
    }

    @Test
    void referenceConfHoldsEveryDefaultOfAnAccount() {
        AccountSettings acme = AccountSettings.from("acme", acme(""));

        assertThat(acme.enabled()).isTrue();
        assertThat(acme.smscName()).isEqualTo("Generic");
        assertThat(acme.bind().port()).isEqualTo(2775);
        assertThat(acme.bind().mode()).isEqualTo(Mode.TRANSCEIVER);
        assertThat(acme.bind().receiver().host()).isEqualTo("127.0.0.1");
        assertThat(acme.bind().receiver().port()).isEqualTo(2775);
        assertThat(acme.bind().childConnections()).isEqualTo(1);
        assertThat(acme.bind().addressRange()).isEqualTo(new SmppAddress(0, 0, ""));
        assertThat(acme.bind().tls().enabled()).isFalse();
        assertThat(acme.bind().tls().verification()).isEqualTo(TlsSettings.Verification.FULL);
        assertThat(acme.throughput().window()).isEqualTo(10);
        assertThat(acme.throughput().maxMtThroughput()).isZero();
        assertThat(acme.throughput().reconnectDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(acme.throughput().mtExpiration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(acme.throughput().bindTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(acme.throughput().enquireLinkPeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(acme.throughput().inDoubt()).isEqualTo(AccountSettings.InDoubtPolicy.RESEND);
        assertThat(acme.channel().encodings())
                .containsExactly(new Encoding(0, SmsCharset.GSM), new Encoding(8, SmsCharset.UCS_2));
        assertThat(acme.channel().serviceIdTag()).isEqualTo(OptionalInt.empty());
        assertThat(acme.sr().idRegex().pattern()).isEqualTo("\\b[iI][dD]:([a-fA-F0-9]{1,10})\\b");
        assertThat(acme.sr().statusRegex().pattern()).isEqualTo("\\b[sS][tT][aA][tT]:([a-zA-Z0-9]{5,15})\\b");
        assertThat(acme.sr().successRegex().pattern()).isEqualTo("^DELIV");
        assertThat(acme.sr().errorRegex().pattern()).isEqualTo("^(?:EXPIRED|DELETED|UNDELIV|UNKNOWN|REJECT)");
        assertThat(acme.sr().errorCodeRegex().pattern()).isEqualTo("\\b[eE][rR][rR]:([a-zA-Z0-9]{3})\\b");
        assertThat(acme.sr().mtIdFormat()).isEqualTo(SrSettings.IdFormat.VERBATIM);
        assertThat(acme.sr().unknownIdWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(acme.mo().store()).isTrue();
        assertThat(acme.mo().reassemblyTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(acme.mo().replies()).isEmpty();
        assertThat(acme.mo().tlvs().alias()).isEmpty();
    }

    @Test
    void referenceConfHoldsEveryDefaultOfTheProcess() {
        assertThat(NodeSettings.from(node()).process())
                .isEqualTo(new ProcessSettings(
                        1,
                        5_000,
                        Duration.ofSeconds(10),
                        20,
                        Duration.ofSeconds(60),
                        50_000,
                        Duration.ofSeconds(2),
                        3,
                        1,
                        Duration.ofSeconds(10),
                        false,
                        false,
                        true,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        new RestartPause(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        new RestartPause(Duration.ofMillis(200), Duration.ofSeconds(2))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            window = 0                          | .window = 0 is out of range (1 to 10000)
            window = 10001                      | .window = 10001 is out of range (1 to 10000)
            window = 1.5                        | .window = 1.5 is not a whole number (1 to 10000)
            window = many                       | .window = "many" is not a whole number (1 to 10000)
            widow = 5                           | .widow is not a setting; did you mean window?
            colour = red                        | .colour is not a setting
            mt-expiration = 30                  | .mt-expiration = 30 is out of range (100ms to 1h)
            mt-expiration = soon                | .mt-expiration = "soon" is not a duration such as 30s (100ms to 1h)
            max-mt-throughput = -1              | .max-mt-throughput = -1 is out of range (0 to 100000)
            reconnect-max-delay = 5s            | .reconnect-max-delay = "5s" is out of range (10s to 24h)
            enabled = perhaps                   | .enabled = "perhaps" is not true or false
            mode = both                         | .mode = "both" is not one of transceiver, transmitter-receiver
            host = ""                           | .host = "" must not be empty
            host = null                         | .host must be set: a text
            port = 65536                        | .port = 65536 is out of range (1 to 65535)
            source-number = 123456789012345678901 | .source-number = "123456789012345678901" is too long (at most 20 octets)
            password = aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg | .password is too long (at most 64 octets; value not shown)
            tls = on                            | .tls = "on" is not an object { … }
            tls.verify = full                   | .tls.verify is not a setting
            receiver.prt = 1                    | .receiver.prt is not a setting; did you mean port?
            sr.id-regex = "id:\\\\d+"           | .sr.id-regex = "id:\\\\d+" has 0 capture groups, not exactly 1
            sr.id-regex = "(a)(b)"              | .sr.id-regex = "(a)(b)" has 2 capture groups, not exactly 1
            sr.success-regex = "("              | .sr.success-regex = "(" is not a regular expression (RE2 syntax): missing closing )
            encodings = []                      | .encodings = [] needs at least 1
            encodings = GSM                     | .encodings = "GSM" is not a list [ { … }, … ]
            encodings = [{data-coding = 256, charset = GSM}] | .encodings[0].data-coding = 256 is out of range (0 to 255)
            encodings = [{data-coding = 0, charset = GSM, x = 1}] | .encodings[0].x is not a setting
            service-id-tag = 0x0424, long-message = message-payload | .service-id-tag = "0x0424" is the TLV that long-message = message-payload fills
            service-id-tag = 0x020C, long-message = sar | .service-id-tag = "0x020C" is the TLV that long-message = sar fills
            service-id-tag = 0x0204, sr.user-message-reference = true | .service-id-tag = "0x0204" is the TLV that sr.user-message-reference = true fills
            service-id-tag = 0x0005             | .service-id-tag = "0x0005" is the TLV that transmissionMode of a delivery fills
            service-id-tag = 0x10000            | .service-id-tag = "0x10000" is out of range (0x0 to 0xFFFF)
            error-classes.abc = fail            | .error-classes.abc is not a command_status or a range of them (0x58, 88, 0x400-0x4FF)
            error-classes.0x58 = ignore         | .error-classes.0x58 = "ignore" is not one of retry, throttle, fail, reconnect
            error-classes { 0x99 = fail, 153 = retry } | .error-classes.153 is the same command_status as 0x99
            mo.reply = [{ keyword = STOP, action = delete }] | .mo.reply[0].action = "delete" is not one of none, quarantine, unquarantine
            mo.tlvs.alias { tag = x }           | .mo.tlvs.alias.tag = "x" is not a number such as 0x1234 (0x0 to 0xFFFF)
            """)
    void namesKeyValueLimitAndLine(String line, String problem) {
        assertThat(problems(acme(line))).singleElement().satisfies(text -> {
            assertThat(text).startsWith("node.conf: ").endsWith(": sms-process.accounts.acme" + problem);
            assertThat(text).contains(line.contains("null") || line.startsWith("host") ? ":" : "node.conf: 2:");
        });
    }

    @Test
    void tellsEveryProblemAtOnce() {
        Config config = node(
                "sms-process.sending-threads = 0",
                "sms-process.config-refrsh = 5s",
                "sms-process.accounts.\"a b\" { host = x }",
                "sms-process.accounts.c { window = 0, port = 0 }",
                "sms-process.accounts.d = off");

        assertThat(problems(config))
                .containsExactlyInAnyOrder(
                        "node.conf: 1: sms-process.sending-threads = 0 is out of range (1 to 256)",
                        "node.conf: 2: sms-process.config-refrsh is not a setting; did you mean config-refresh?",
                        "node.conf: 3: sms-process.accounts.\"a b\" is not a possible name (letters, digits, - and _, at most 63)",
                        "node.conf: 4: sms-process.accounts.c.window = 0 is out of range (1 to 10000)",
                        "node.conf: 4: sms-process.accounts.c.port = 0 is out of range (1 to 65535)",
                        "node.conf: 4: sms-process.accounts.c.host must be set: a text",
                        "node.conf: 5: sms-process.accounts.d = \"off\" is not an account { host = … }");
    }

    @Test
    void anOperatorOverridesTheDefaultsOfAllAccounts() {
        Config config = node(
                "sms-process.account-defaults { window = 100, mt-expiration = 5s }",
                "sms-process.accounts { a { host = x }, b { host = y, window = 7 } }");

        NodeSettings settings = NodeSettings.from(config);

        assertThat(settings.accounts().get("a").throughput().window()).isEqualTo(100);
        assertThat(settings.accounts().get("b").throughput().window()).isEqualTo(7);
        assertThat(settings.accounts().get("b").throughput().mtExpiration()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theReceiverHalfTakesFromTheTransmitterWhatItDoesNotSet() {
        AccountSettings acme = AccountSettings.from(
                "acme",
                acme(
                        "mode = transmitter-receiver, system-id = us, password = pw, system-type = x, receiver { port = 1, system-type = \"\" }"));

        assertThat(acme.bind().mode()).isEqualTo(Mode.TRANSMITTER_RECEIVER);
        assertThat(acme.bind().receiver()).isEqualTo(new BindSettings.Receiver("127.0.0.1", 1, "us", "pw", ""));
    }

    @Test
    void equalTextGivesEqualSettings() {
        String line =
                "sr.id-regex = \"(x)\", error-classes.0x99 = retry, mo.tlvs.alias { tag = 0x1234, format = int8 }";

        assertThat(AccountSettings.from("acme", acme(line))).isEqualTo(AccountSettings.from("acme", acme(line)));
        assertThat(AccountSettings.from("acme", acme(line))).isNotEqualTo(AccountSettings.from("acme", acme("")));
    }

    @Test
    void noPasswordGetsIntoText() {
        AccountSettings acme = AccountSettings.from(
                "acme", acme("password = sesame, receiver.password = sesame, tls { trust-store-password = sesame }"));

        assertThat(acme.toString()).doesNotContain("sesame");
        assertThat(acme.bind().receiver().toString()).doesNotContain("sesame");
    }
}
