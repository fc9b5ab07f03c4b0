// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which test speaks of which behaviour, as the sources of the tests say it:
 *
 * <pre>
 * &#64;Tag("D12")                                 on a test, or on a class
 * /** O4: missing parts. *&#47;   // D12, D13          in a comment above or inside
 * "S25 length 0"   D9 | id:73 sub:null …          at the start of a text, or of a row of data
 * void s29_outbindIsIgnored()                     at the start of a test's name
 * </pre>
 */
final class CitedTests {
    private static final Path ROOT = Path.of("src/test/java/org/smsprocess");
    private static final String ID = "[SMDO][1-9][0-9]?";

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(" + ID + ")\"\\)");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:/\\*\\*|\\*|//).*");
    private static final Pattern IN_COMMENT = Pattern.compile("\\b(" + ID + ")\\b(?=[.,:; ]|$)");
    private static final Pattern IN_TEXT = Pattern.compile("(?:\"|^\\s*)(" + ID + ")(?= (?:\\||[a-zA-Z]))");
    private static final Pattern METHOD =
            Pattern.compile("^    (?:(?:public|private|static|final) )*(?:<.+> )?[\\w.<>\\[\\], ?]+ (\\w+)\\(.*");
    private static final Pattern NAME = Pattern.compile(".*void ((" + ID.replace("SMDO", "smdo") + ")_\\w+)\\(.*");
    private static final Pattern TYPE = Pattern.compile("^(?:public |final |abstract )*(?:class|interface) (\\w+).*");

    private final Map<String, SortedSet<String>> tests = new TreeMap<>();

    private CitedTests() {}

    static Map<String, SortedSet<String>> read() throws IOException {
        CitedTests cited = new CitedTests();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .sorted()
                    .forEach(cited::read);
        }
        return cited.tests;
    }

    private void read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        String type = file.getFileName().toString().replace(".java", "");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean isAbove =
                    line.matches(" {0,5}[^ ].*") && (COMMENT.matcher(line).matches() || line.contains("@Tag("));
            String test = isAbove ? below(lines, i, type) : around(lines, i, type);
            cite(TAG.matcher(line), test);
            cite((COMMENT.matcher(line).matches() ? IN_COMMENT : IN_TEXT).matcher(line), test);
            Matcher named = NAME.matcher(line);
            if (named.matches()) {
                cite(named.group(2).toUpperCase(Locale.ROOT), type + "." + named.group(1));
            }
        }
    }

    private void cite(Matcher found, String test) {
        while (found.find()) {
            cite(found.group(1), test);
        }
    }

    private void cite(String what, String test) {
        tests.computeIfAbsent(what, none -> new TreeSet<>()).add(test);
    }

    private static String below(List<String> lines, int from, String type) {
        for (int i = from + 1; i < lines.size(); i++) {
            Matcher method = METHOD.matcher(lines.get(i));
            if (method.matches() && !lines.get(i).contains(" new ")) {
                return type + "." + method.group(1);
            }
            if (TYPE.matcher(lines.get(i)).matches()) {
                return type;
            }
        }
        return type;
    }

    private static String around(List<String> lines, int from, String type) {
        for (int i = from; i >= 0; i--) {
            Matcher method = METHOD.matcher(lines.get(i));
            if (method.matches() && lines.get(i).contains(" void ")) {
                return type + "." + method.group(1);
            }
            if (method.matches()
                    || TYPE.matcher(lines.get(i)).matches()
                    || lines.get(i).contains("@CsvSource")) {
                return type;
            }
        }
        return type;
    }
}
