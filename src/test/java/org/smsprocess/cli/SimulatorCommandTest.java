// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulatorCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void tellsEveryWrongSettingWithFileAndLine(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("smsc.conf");
        Files.writeString(file, "sms-process-simulator {\n  port = 70000\n  faults = [{ kind = flood }]\n}\n");

        assertThat(run("simulator", "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("smsc.conf:2: sms-process-simulator.port = 70000 is out of range (0 to 65535)")
                .contains("smsc.conf:3: sms-process-simulator.faults[0].kind");
    }

    @Test
    void tellsThatAFileIsNotThere(@TempDir Path folder) {
        assertThat(run("simulator", "--config", folder.resolve("none.conf").toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("none.conf").contains("does not exist");
    }

    @Test
    void tellsThatAHostIsNotKnown(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("smsc.conf"), "sms-process-simulator { host = no.such.host.invalid, http-port = none }");

        assertThat(run("simulator", "--config", file.toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("unknown host (sms-process-simulator.host)")
                .doesNotContain("Exception");
    }

    private int run(String... args) {
        CommandLine command = SmsProcessCommand.commandLine();
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
