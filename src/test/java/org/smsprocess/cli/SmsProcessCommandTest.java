// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.api.http.ApiToken;
import picocli.CommandLine;

class SmsProcessCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine command = SmsProcessCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }

    @Test
    void takesOptionsWithoutCommandForTheDemo() {
        assertThat(SmsProcessCommand.withDefaultCommand("--messages", "10"))
                .containsExactly("demo", "--messages", "10");
        assertThat(SmsProcessCommand.withDefaultCommand("send", "--to", "1")).containsExactly("send", "--to", "1");
        assertThat(SmsProcessCommand.withDefaultCommand("--help")).containsExactly("--help");
        assertThat(SmsProcessCommand.withDefaultCommand("--version")).containsExactly("--version");
        assertThat(SmsProcessCommand.withDefaultCommand()).isEmpty();
    }

    @Test
    void explainsItselfAndEachCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: sms-process", "Exit codes:");

        for (String name : SmsProcessCommand.commandLine().getSubcommands().keySet()) {
            assertThat(out.toString()).contains(name);
            assertThat(run(name, "--help")).isZero();
            assertThat(out.toString()).contains("Usage: sms-process " + name);
        }
    }

    /** In a block with the jar, or in the middle of a sentence. */
    @Test
    void everyCommandOnThePagesIsUnderstood() throws IOException {
        Set<String> names = SmsProcessCommand.commandLine().getSubcommands().keySet();
        Pattern written = Pattern.compile(
                "sms-process\\.jar ([^#`\n]+)|`(?:sms-process )?((?:" + String.join("|", names) + ") [^`]+)`");
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> site = Files.list(Path.of("src/site/markdown"))) {
            site.forEach(pages::add);
        }
        List<String> commands = pages.stream()
                .flatMap(page -> written.matcher(text(page)).results())
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(command -> !command.startsWith("bench …") && !command.contains(" = ")) // a setting
                .toList();

        assertThat(commands)
                .hasSizeGreaterThan(30)
                .allSatisfy(command -> assertThatCode(() -> SmsProcessCommand.commandLine()
                                .parseArgs(command.trim().split("\\s+")))
                        .doesNotThrowAnyException());
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "send --to 123 --text x",
                "send --account a --text x",
                "send --account a --to 123",
                "send --account a --to 123 --csv f --text x",
                "send --account a --csv /no/such/file",
                "token",
                "token --name a --scopes root",
                "in-doubt",
                "in-doubt resend",
                "in-doubt close 1",
                "quarantine",
                "quarantine add 33600000001",
                "quarantine remove --short-code 7000",
                "demo --messages 0",
                "bench",
                "bench nonsense",
                "bench life --messages many",
                "bench life --messages 0",
                "bench life --clients 0",
                "bench life --window 0",
                "bench growth --rows 10,none",
                "bench growth --rows 0",
                "bench growth --part everything",
                "bench heap --rate 1",
                "send --account a --to 123 --text x --url localhost:8080",
                "send --account a --to 123 --text x --url ftp://localhost",
                "quarantine add --short-code 7000 @/no/such/file",
                "node --config /no/such/file"
            })
    void refusesWrongUseInAFewLines(String args) {
        assertThat(run(args.isEmpty() ? new String[0] : args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void tellsThatNoNodeAnswers() {
        int code = run("send", "--account", "a", "--to", "123", "--text", "x", "--url", "http://127.0.0.1:1");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("no node answers at http://127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    @Test
    void theSettingsOfATokenCanBeReadWhateverItsName() {
        assertThat(run("token", "--name", "a\"b\\c", "--scopes", "send")).isZero();

        String line = out.toString().lines().skip(1).findFirst().orElseThrow().substring("settings: ".length());
        assertThat(ConfigFactory.parseString("token = " + line).getString("token.name"))
                .isEqualTo("a\"b\\c");
    }

    @Test
    void makesATokenWhoseHashIsInItsSettings() {
        assertThat(run("token", "--name", "crm", "--scopes", "send")).isZero();

        Matcher made = Pattern.compile("token: (\\S+)\\s+settings: .*sha256 = \"(\\S+)\", scopes = \"send\"")
                .matcher(out.toString());
        assertThat(made.find()).isTrue();
        assertThat(HexFormat.of().formatHex(ApiToken.sha256(made.group(1)))).isEqualTo(made.group(2));
    }
}
