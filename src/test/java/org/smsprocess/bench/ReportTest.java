// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final StringWriter said = new StringWriter();

    private Report report(boolean withJson) {
        return new Report(new PrintWriter(said), withJson);
    }

    @Test
    void linesColumnsUpNumbersToTheRight() {
        report(false)
                .table("what", "msg/s", "")
                .row("short", "1", "a")
                .row("longer than the head", "40,000", "bc")
                .print();

        assertThat(said.toString().lines())
                .containsExactly(
                        "what                   msg/s", //
                        "short                      1   a",
                        "longer than the head  40,000  bc");
    }

    @Test
    void endsWithOneLineOfJsonIfAsked() {
        Report report = report(true);
        report.json().put("bench", "life").put("rate", 40_000);
        report.say("a table");
        report.end();

        assertThat(said.toString().lines()).containsExactly("a table", "{\"bench\":\"life\",\"rate\":40000}");
    }

    @Test
    void saysNoJsonUnasked() {
        Report report = report(false);
        report.json().put("bench", "life");
        report.end();

        assertThat(said.toString()).isEmpty();
    }

    @Test
    void writesNumbersTheSameInEveryLocale() {
        assertThat(Report.whole(1_234_567.5)).isEqualTo("1,234,568");
        assertThat(Report.tenths(1234.56)).isEqualTo("1,234.6");
        assertThat(Report.hundredths(0.005)).isEqualTo("0.01");
        assertThat(Report.rounded(12.34)).isEqualTo(12.3);
    }
}
