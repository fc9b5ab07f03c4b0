// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole product, once through: HTTP, PostgreSQL, SMPP, SR and MO, and both sides' books. */
class DemoIT {
    @TempDir
    private Path dataDir;

    @Test
    void losesAndDoublesNothing() throws Exception {
        StringWriter out = new StringWriter();
        CommandLine command = SmsProcessCommand.commandLine();
        command.setOut(new PrintWriter(out, true));

        int exitCode = command.execute("demo", "--messages", "600", "--exit", "--data-dir", dataDir.toString());

        List<String> lines = out.toString().lines().toList();
        JsonNode books = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(books.path("accepted").asInt()).isEqualTo(600);
        assertThat(books.path("sent").asInt()).isEqualTo(600);
        // of 100 numbers the simulator refuses one and fails to deliver to one
        assertThat(books.path("failed").asInt()).isEqualTo(12);
        assertThat(books.path("delivered").asInt()).isEqualTo(588);
        assertThat(books.path("inDoubt").asInt()).isZero();
        assertThat(books.path("mo").asInt()).isEqualTo(5);
        assertThat(books.path("lost").asInt()).isZero();
        assertThat(books.path("duplicates").asInt()).isZero();
        assertThat(books.path("seconds").asDouble()).isPositive();
    }
}
