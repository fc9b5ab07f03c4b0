// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code encode} and {@code decode}. */
class TextCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void writeSettings() throws IOException {
        config = directory.resolve("sms.conf");
        Files.writeString(config, """
                sms-process.accounts.acme {
                  host = 127.0.0.1, transliteration = true, encodings = [ { data-coding = 0, charset = GSM } ]
                }
                """);
    }

    @Test
    void encodeTellsWhatATextCostsAndWhatBecomesOfIt() {
        assertThat(run("encode", "--config", config.toString(), "--account", "acme", "un cœur"))
                .isZero();

        assertThat(out.toString().lines().map(String::trim))
                .containsExactly(
                        "encoding         GSM",
                        "data_coding      0",
                        "cost             1 SMS",
                        "submit_sm        1",
                        "characters left  152",
                        "approximated     'œ' -> 'oe' at position 4");
    }

    @Test
    void encodeKnowsNoOtherAccount() {
        assertThat(run("encode", "--config", config.toString(), "--account", "nobody", "Hello"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has no account nobody");
    }

    @Test
    void decodeShowsAPduFieldByField() {
        assertThat(run("decode", "00000010 00000015", "0x00000000", "00:00:00:07"))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "enquire_link (0x00000015)",
                        "command_length=16",
                        "command_status=0x00000000 (OK)",
                        "sequence_number=7");
    }

    @Test
    void decodeTakesHexadecimalOnly() {
        assertThat(run("decode", "0000001g")).isEqualTo(2);
        assertThat(err.toString()).contains("not hexadecimal");
    }

    private int run(String... args) {
        CommandLine command = SmsProcessCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
