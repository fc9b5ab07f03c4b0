// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.smsprocess.simulator.Record.Expected;

/**
 * The demo's personalised messages, by index: who gets which fields, and what the SMSC must therefore receive. Of 100 numbers one ends
 * in 98 and one in 99: those the simulator fails.
 *
 * @param count 1 or more
 */
record DemoMessages(int count) implements Iterable<Expected> {
    static final String SENDER = "DEMO";
    static final String TEMPLATE = "Hello {{name}}, your code is {{code}}.{{more}}";
    static final String REFUSED_SUFFIX = "99";
    static final String UNDELIVERED_SUFFIX = "98";

    private static final String[] NAMES = {"Ann", "Björn", "Chloé", "D'Arcy & Söhne", "Eva", "Θεοδώρα", "张伟", "Zoë 😀"};
    private static final String LONG =
            " Please bring it with you, together with the letter that we have sent to you by post, and show both at the entrance."
                    + " The doors open at 18:30; the evening begins at 19:00 and ends at about 22:00.";

    /** CSV: to, reference and the template's fields. */
    void writeTo(Path file) throws IOException {
        try (Writer csv = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            csv.write("to,reference,name,code,more\n");
            for (int i = 0; i < count; i++) {
                csv.write("+" + number(i) + ",demo-" + i + "," + name(i) + "," + code(i) + ",\"" + more(i) + "\"\n");
            }
        }
    }

    /** What the SMSC must get, each once. */
    @Override
    public Iterator<Expected> iterator() {
        return IntStream.range(0, count).mapToObj(this::expected).iterator();
    }

    private Expected expected(int i) {
        return new Expected(SENDER, number(i), "Hello " + name(i) + ", your code is " + code(i) + "." + more(i));
    }

    private static String number(int i) {
        return "41" + (790_000_000L + i);
    }

    /** One in eight cannot be written in GSM 03.38 because of its letters, one because of its emoji. */
    private static String name(int i) {
        return NAMES[i % NAMES.length];
    }

    private static String code(int i) {
        return Integer.toString(100_000 + (int) (i * 7919L % 900_000));
    }

    /** One in ten takes two SMS, or more with Unicode. */
    private static String more(int i) {
        return i % 10 == 3 ? LONG : "";
    }
}
