// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The text of reference.conf, key by key with what is said above it. HOCON's own parser keeps neither the order of keys nor what
 * stands above a group of them.
 */
public final class ReferenceConf {
    static final Path FILE = Path.of("src/main/resources/reference.conf");

    /** Before each line of a list or an example in a meaning. */
    static final String LISTED = "\n\t";

    private static final Pattern BANNER = Pattern.compile("# -{10,} (.+)");
    private static final Pattern KEY = Pattern.compile("\\s*(\"[^\"]+\"|[A-Za-z0-9_.-]+)\\s*(=\\s*|(?=\\{))(.*)");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{\\?([A-Z0-9_]+)}");

    /**
     * @param chapter the banner it stands under
     * @param meaning the comment above it, or above the group of lines it belongs to; lines of lists and examples begin with
     *     {@link #LISTED}; empty: none
     * @param isObject it holds other keys
     * @param line in the file
     */
    public record Entry(
            String chapter,
            String key,
            String value,
            String meaning,
            Optional<String> environment,
            boolean isObject,
            int line) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final List<String> comment = new ArrayList<>();
    private String chapter = "";
    private String group = "";

    /** The keys of this process, in their order. */
    public static List<Entry> read() throws IOException {
        ReferenceConf conf = new ReferenceConf();
        conf.readAll(Files.readAllLines(FILE));
        // what this process asks of Pekko is no operator's business
        return conf.entries.stream()
                .filter(entry -> entry.key().startsWith("sms-process"))
                .toList();
    }

    private void readAll(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String text = line.strip();
            Matcher banner = BANNER.matcher(text);
            Matcher key = KEY.matcher(line);
            if (banner.matches()) {
                chapter = banner.group(1);
                comment.clear();
            } else if (text.isEmpty()) {
                comment.clear();
                group = "";
            } else if (text.startsWith("#")) {
                comment.add(separator(text) + text.substring(1).strip());
            } else if (text.equals("}")) {
                path.removeLast();
                group = "";
            } else if (key.matches()) {
                i += readKey(key, lines, i);
            }
        }
    }

    /** What stands further in than sentences, lists and examples, keeps its lines. */
    private String separator(String text) {
        if (text.startsWith("#   ")) {
            return LISTED;
        }
        boolean endsList = !comment.isEmpty() && comment.get(comment.size() - 1).startsWith(LISTED);
        return endsList ? "\n" : " ";
    }

    /** @return further lines that belong to it */
    private int readKey(Matcher key, List<String> lines, int at) {
        String meaning = String.join("", comment).strip();
        comment.clear();
        group = meaning.isEmpty() ? group : meaning;
        String value = key.group(3).strip();
        String full = fullKey(key.group(1));
        Matcher environment = ENVIRONMENT.matcher(value);
        if (environment.matches()) {
            nameEnvironment(full, environment.group(1));
            return 0;
        }
        boolean isObject = value.equals("{");
        int further = 0;
        if (value.equals("[")) {
            StringBuilder list = new StringBuilder(value);
            do {
                further++;
                list.append(' ').append(lines.get(at + further).strip());
            } while (!lines.get(at + further).strip().equals("]"));
            value = list.toString();
        }
        entries.add(new Entry(chapter, full, value, group, Optional.empty(), isObject, at + 1));
        if (isObject) {
            path.addLast(key.group(1));
            group = "";
        }
        return further;
    }

    private void nameEnvironment(String key, String variable) {
        entries.replaceAll(entry -> entry.key().equals(key)
                ? new Entry(
                        entry.chapter(),
                        key,
                        entry.value(),
                        entry.meaning(),
                        Optional.of(variable),
                        entry.isObject(),
                        entry.line())
                : entry);
    }

    private String fullKey(String key) {
        return StreamSupport.stream(path.spliterator(), false)
                        .map(part -> part + ".")
                        .collect(Collectors.joining())
                + key;
    }
}
