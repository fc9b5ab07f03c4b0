// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.settings.InvalidSettings;

class SimulatorSettingsTest {
    @Test
    void referenceConfHoldsEveryDefault() {
        SimulatorSettings settings = parse("");

        assertThat(settings.port()).isEqualTo(2775);
        assertThat(settings.bind().isOpen()).isTrue();
        assertThat(settings.bind().modes()).hasSize(3);
        assertThat(settings.bind().overLimitStatus()).isEqualTo(5);
        assertThat(settings.sr().form()).isEqualTo(SrSettings.Form.BOTH);
        assertThat(settings.rules()).isEmpty();
        assertThat(settings.faults()).isEmpty();
    }

    @Test
    void readsFaultsOverTheirDefaults() {
        FaultSettings fault = parse("fault-defaults.delay = 5s, faults = [{ kind = late-answers, probability = 0.5 }]")
                .faults()
                .get(0);

        assertThat(fault.kind()).isEqualTo(FaultKind.LATE_ANSWERS);
        assertThat(fault.delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fault.allConnections()).isTrue();
        assertThat(fault.isForNow()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 70000 | port = 70000 is out of range (0 to 65535)",
                "port = many | port = many is not a whole number",
                "bind.transmitter = both | bind.transmitter = both is not true or false",
                "bind.credentials = [{ system-id = a }] | bind.credentials[0].password must be set",
                "submit.windw = 5 | submit.windw",
                "submit.window-status = 0 | submit.window-status = 0 is out of range",
                "submit.latency = -1s | submit.latency = -1s is out of range",
                "sr.repeat = 1.5 | sr.repeat = 1.5 is out of range",
                "sr.states = [] | sr.states = [] needs at least 1",
                "sr.states = [{ stat = LOST, err = 1, weight = 1 }] | sr.states[0].stat = LOST is not one of",
                "message-id.first = 5 | message-id.first = 5 must be 0 or have ten digits",
                "mo.texts = [] | mo.texts = [] needs at least 1",
                "rules = [{ destination-suffix = 9 }] | rules[0].submit-status or final-state must be given",
                "rules = [{ suffix = 9, submit-status = 1 }] | rules[0].suffix",
                "fault-defaults.share = 2 | fault-defaults.share = 2 is out of range",
                "faults = [{ kind = away }] | faults[0].kind = away needs a duration",
                "faults = [{ kind = reset, every = 0s }] | faults[0].every = 0s is out of range"
            })
    void namesKeyAndReasonOfWhatItRefuses(String wrong, String message) {
        assertThatThrownBy(() -> parse(wrong))
                .isInstanceOf(InvalidSettings.class)
                .extracting(wrongSetting ->
                        String.valueOf(wrongSetting.getMessage()).replace("\"", ""))
                .asString()
                .contains("sms-process-simulator." + message);
    }

    @Test
    void namesFileAndLine(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("smsc.conf");
        Files.writeString(file, "sms-process-simulator {\n\n  submit.window = -1\n}\n");

        assertThatThrownBy(() -> SimulatorSettings.from(
                        ConfigFactory.parseFile(file.toFile()).withFallback(ConfigFactory.defaultReference())))
                .hasMessageContaining("submit.window = -1")
                .hasMessageContaining("smsc.conf:3: sms-process-simulator.submit.window");
    }

    @Test
    void acceptsTheExample() {
        SimulatorSettings example = SimulatorSettings.from(ConfigFactory.parseFile(new File("conf/simulator.conf"))
                .withFallback(ConfigFactory.defaultReference()));

        assertThat(example.faults()).hasSize(4);
        assertThat(example.rules().get(0).submitStatus()).isEqualTo(11);
    }

    @Test
    void neverShowsAPassword() {
        assertThat(parse("bind.credentials = [{ system-id = a, password = hush }]")
                        .bind()
                        .toString())
                .doesNotContain("hush");
    }

    private static SimulatorSettings parse(String settings) {
        return SimulatorSettings.parse("sms-process-simulator { " + settings + " }");
    }
}
