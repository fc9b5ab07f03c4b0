// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.Problem;

/**
 * Recipients as CSV (RFC 4180), in UTF-8. The first line names the columns: {@code to}, perhaps {@code reference} and {@code text};
 * each other column is a field of the template. The separator is the first of comma, semicolon, tab that stands in that line.
 */
public final class CsvRows {
    /** Of the format, as documented with the upload. */
    private static final int MAX_HEADER = 1 << 16;

    private static final int MAX_RECORD = 1 << 20;
    private static final char REPLACEMENT = '\uFFFD';

    private final List<String> columns;
    private final String[] jsonKeys;
    private final Recipients recipients;

    private CsvRows(List<String> columns, Recipients recipients) {
        this.columns = columns;
        this.recipients = recipients;
        jsonKeys = columns.stream()
                .map(column ->
                        "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(column)) + "\":")
                .toArray(String[]::new);
    }

    /** @throws Problem.Refusal if the header does not name what is needed; nothing was stored then */
    public static void read(InputStream in, Recipients recipients) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), MAX_HEADER);
        char separator = separator(text);
        CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(MAX_RECORD)
                .skipEmptyLines(true)
                .allowMissingFields(true) // told per line, below
                .allowExtraFields(true)
                .ofCsvRecord(text);
        try (CloseableIterator<CsvRecord> records = csv.iterator()) {
            if (!records.hasNext()) {
                throw Problem.badSyntax("the upload is empty; its first line must name the columns")
                        .refusal();
            }
            CsvRows rows = new CsvRows(columns(records.next(), recipients.hasTemplate()), recipients);
            while (records.hasNext()) {
                rows.take(records.next());
            }
        } catch (CsvParseException e) {
            throw Problem.badSyntax("not valid CSV: " + e.getMessage() + "; "
                            + recipients.finish().accepted() + " recipients before it are stored")
                    .refusal();
        }
    }

    private static char separator(BufferedReader text) throws IOException {
        text.mark(MAX_HEADER);
        if (text.read() != '\uFEFF') { // a byte order mark is no part of the first column's name
            text.reset();
        } else {
            text.mark(MAX_HEADER);
        }
        char separator = ',';
        int next = text.read();
        for (int i = 2; next >= 0 && next != '\n' && i < MAX_HEADER; i++) {
            if (next == ',' || next == ';' || next == '\t') {
                separator = (char) next;
                break;
            }
            next = text.read();
        }
        text.reset();
        return separator;
    }

    private static List<String> columns(CsvRecord header, boolean hasTemplate) {
        List<String> columns = header.getFields().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty() || !seen.add(column)) {
                throw Problem.invalid(
                                "header", column.isEmpty() ? "has a column without name" : "names " + column + " twice")
                        .refusal();
            }
        }
        if (!seen.contains("to") || !hasTemplate && !seen.contains("text")) {
            throw Problem.invalid(
                            "header",
                            "must name the column "
                                    + (seen.contains("to") ? "text, because the delivery has no template" : "to")
                                    + "; it names " + String.join(", ", columns))
                    .refusal();
        }
        return columns;
    }

    private void take(CsvRecord row) {
        long line = row.getStartingLineNumber();
        if (row.getFieldCount() != columns.size()) {
            recipients.refuse(line, "has " + row.getFieldCount() + " columns, the header has " + columns.size());
            return;
        }
        String to = null;
        String text = null;
        String reference = null;
        StringBuilder fields = null;
        for (int i = 0; i < columns.size(); i++) {
            String value = row.getField(i);
            if (value.indexOf(REPLACEMENT) >= 0) {
                recipients.refuse(line, columns.get(i) + " is not valid UTF-8");
                return;
            }
            switch (columns.get(i)) {
                case "to" -> to = value.strip();
                case "reference" -> reference = value.isEmpty() ? null : value;
                case "text" -> {
                    text = value;
                    fields = recipients.hasTemplate() ? append(fields, i, value) : fields;
                }
                default -> fields = append(fields, i, value);
            }
        }
        recipients.add(line, to, text, closed(fields), reference);
    }

    private StringBuilder append(@Nullable StringBuilder json, int column, String value) {
        StringBuilder object = json == null ? new StringBuilder(64).append('{') : json.append(',');
        object.append(jsonKeys[column]).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, object);
        return object.append('"');
    }

    private static @Nullable String closed(@Nullable StringBuilder json) {
        return json == null ? null : json.append('}').toString();
    }
}
