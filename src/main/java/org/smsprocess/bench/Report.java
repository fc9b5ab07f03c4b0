// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where results go: tables for people, and one line of JSON at the very end for programs. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final boolean withJson;
    private final ObjectNode json = JSON.createObjectNode();

    /** @param withJson whether {@link #end} prints the JSON line */
    public Report(PrintWriter out, boolean withJson) {
        this.out = out;
        this.withJson = withJson;
    }

    /** What {@link #end} prints; to be filled in. */
    public ObjectNode json() {
        return json;
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** The first column to the left, numbers to the right. */
    public Table table(String... heads) {
        return new Table(List.of(heads));
    }

    /** The JSON line, if it was asked for. */
    public void end() {
        if (withJson) {
            say(json.toString());
        }
    }

    public static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    public static String tenths(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    public static String hundredths(double number) {
        return String.format(Locale.ROOT, "%,.2f", number);
    }

    /** Tenths, as JSON has them. */
    public static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }

    /** Collects rows, then prints them with columns as wide as they need. */
    public final class Table {
        private final List<List<String>> rows = new ArrayList<>();

        Table(List<String> heads) {
            rows.add(heads);
        }

        public Table row(String... cells) {
            rows.add(List.of(cells));
            return this;
        }

        public void print() {
            int columns = rows.get(0).size();
            int[] widths = new int[columns];
            for (List<String> row : rows) {
                for (int i = 0; i < columns; i++) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            }
            for (List<String> row : rows) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < columns; i++) {
                    String cell = row.get(i);
                    String blanks = " ".repeat(widths[i] - cell.length());
                    line.append(i == 0 ? cell + blanks : "  " + blanks + cell);
                }
                say(line.toString().stripTrailing());
            }
        }
    }
}
