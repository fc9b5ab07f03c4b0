// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.requests.Recipients.LineError;
import org.smsprocess.delivery.intake.NewMt;

class RecipientsTest {
    private final List<NewMt> stored = new ArrayList<>();
    private int largestBatch;

    private Recipients recipients(boolean hasTemplate) {
        return new Recipients(hasTemplate, 3, batch -> {
            stored.addAll(batch);
            largestBatch = Math.max(largestBatch, batch.size());
            return CompletableFuture.completedFuture(null);
        });
    }

    private Recipients.Result csv(boolean hasTemplate, String text) throws IOException {
        Recipients recipients = recipients(hasTemplate);
        CsvRows.read(octets(text), recipients);
        return recipients.finish();
    }

    private Recipients.Result ndjson(boolean hasTemplate, String text) throws IOException {
        Recipients recipients = recipients(hasTemplate);
        NdjsonRows.read(octets(text), recipients);
        return recipients.finish();
    }

    @Test
    void keepsNumbersAsTheyWereWritten() throws IOException {
        ndjson(true, "{\"to\":\"33600000001\",\"a\":12.50,\"b\":12345678.90,\"c\":12345678901234567890}\n");

        assertThat(stored)
                .extracting(NewMt::fields)
                .containsExactly("{\"a\":12.50,\"b\":12345678.90,\"c\":12345678901234567890}");
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void makesFieldsOfCsvColumns(String separator) throws IOException {
        Recipients.Result result = csv(true, """
                \uFEFFto,firstName,reference,amount
                +33600000001,"Ann ""A"" Ölç",R-1,12.50
                33600000002 ,"two
                lines",,
                """.replace(",", separator));

        assertThat(result).isEqualTo(new Recipients.Result(2, 0, List.of()));
        assertThat(stored)
                .containsExactly(
                        new NewMt(
                                "+33600000001",
                                null,
                                "{\"firstName\":\"Ann \\\"A\\\" Ölç\",\"amount\":\"12.50\"}",
                                "R-1"),
                        new NewMt("33600000002", null, "{\"firstName\":\"two\\nlines\",\"amount\":\"\"}", null));
    }

    @Test
    void takesTheTextOfEachLineWhenThereIsNoTemplate() throws IOException {
        csv(false, "text,to\r\n\"Hello, you\",33600000001\r\n");

        assertThat(stored).containsExactly(new NewMt("33600000001", "Hello, you", null, null));
    }

    @Test
    void leavesWrongLinesOutAndTellsTheFirstOfThem() throws IOException {
        Recipients.Result result =
                csv(true, "to,name\n33600000001,Ann\n33x,Bob\n\n336\n,Eve\n33600000002,\"two\nlines\"\n12,Max\n");

        assertThat(stored).extracting(NewMt::to).containsExactly("33600000001", "33600000002");
        assertThat(result.accepted()).isEqualTo(2);
        assertThat(result.refused()).isEqualTo(4);
        assertThat(result.errors())
                .containsExactly(
                        new LineError(3, "to must be a number of digits, with or without a leading +; found 'x'"),
                        new LineError(5, "has 1 columns, the header has 2"),
                        new LineError(6, "to is missing"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            number,name     | true  | must name the column to; it names number, name
            to,name         | false | must name the column text
            to,to           | true  | names to twice
            to,,name        | true  | has a column without name
            """)
    void refusesAHeaderThatDoesNotNameWhatIsNeeded(String header, boolean hasTemplate, String why) {
        assertThatThrownBy(() -> csv(hasTemplate, header + "\n33600000001,a\n"))
                .isInstanceOf(Problem.Refusal.class)
                .hasMessageContaining(why);
        assertThat(stored).isEmpty();
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> csv(true, "\n")).hasMessageContaining("the upload is empty");
    }

    @Test
    void makesFieldsOfJsonMembers() throws IOException {
        Recipients.Result result = ndjson(true, """
                {"to":"+33600000001","reference":"R-1","firstName":"Ann","amount":12.5,"tags":["a",{"b":null}]}

                {"to":33600000002}
                """);

        assertThat(result.accepted()).isEqualTo(2);
        assertThat(stored)
                .containsExactly(
                        new NewMt(
                                "+33600000001",
                                null,
                                "{\"firstName\":\"Ann\",\"amount\":12.5,\"tags\":[\"a\",{\"b\":null}]}",
                                "R-1"),
                        new NewMt("33600000002", null, null, null));
    }

    @Test
    void goesOnAfterALineThatIsNoJson() throws IOException {
        Recipients.Result result = ndjson(false, """
                {"to":"33600000001","text":"one"}
                {"to":"33600000002","text"
                [1]
                {"to":"33600000004"}
                {"to":"33600000005","text":"five"}
                """);

        assertThat(stored).extracting(NewMt::text).containsExactly("one", "five");
        assertThat(result.refused()).isEqualTo(3);
        assertThat(result.errors()).extracting(LineError::line).containsExactly(2L, 3L, 4L);
        assertThat(result.errors().get(2).message()).isEqualTo("text is missing or empty");
    }

    @Test
    void tellsLinesThatAreNotUtf8() throws IOException {
        Recipients recipients = recipients(true);
        byte[] latin1 = "to,name\n33600000001,Andr\u00e9\n33600000002,Bob\n".getBytes(StandardCharsets.ISO_8859_1);
        CsvRows.read(new ByteArrayInputStream(latin1), recipients);

        assertThat(recipients.finish().errors()).containsExactly(new LineError(2, "name is not valid UTF-8"));
        assertThat(stored).hasSize(1);
    }

    @Test
    void storesInBoundedBatches() throws IOException {
        StringBuilder text = new StringBuilder("to\n");
        for (int i = 0; i < 10_001; i++) {
            text.append(33600000000L + i).append('\n');
        }

        assertThat(csv(true, text.toString()).accepted()).isEqualTo(10_001);
        assertThat(stored).hasSize(10_001);
        assertThat(largestBatch).isLessThanOrEqualTo(2000);
    }
}
