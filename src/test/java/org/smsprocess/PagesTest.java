// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README.md and the pages of the site name is there: tests, links, packages, requests. */
class PagesTest {
    private static final Path README = Path.of("README.md");
    private static final Path SITE = Path.of("src/site/markdown");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path MAIN = Path.of("src/main/java/org/smsprocess");

    private static final Pattern TEST =
            Pattern.compile("\\b([A-Z]\\w*(?:[a-z]Test|[a-z]X?IT|Benchmark))(?:[.#]([a-z]\\w*))?\\b");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| (`[a-z`, ]+`) \\|");
    private static final Pattern ROUTE = Pattern.compile("\\.add\\(\\s*\"(GET|POST)\",\\s*\"(/[^\"]+)\"");

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(SITE)) {
            return Stream.concat(Stream.of(README), files.sorted()).toList();
        }
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> classes;
        try (Stream<Path> files = Files.walk(TESTS)) {
            classes = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> TESTS.relativize(file).toString().replaceAll("\\.java$", ""))
                    .collect(Collectors.toMap(
                            file -> file.substring(file.lastIndexOf('/') + 1),
                            file -> file.replace('/', '.'),
                            (a, b) -> a));
        }
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : pages()) {
            for (MatchResult test : found(TEST, Files.readString(page)).toList()) {
                named++;
                if (!exists(classes.get(test.group(1)), test.group(2))) {
                    missing.add(page + ": " + test.group());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(300);
    }

    private static boolean exists(String type, String method) {
        if (type == null) {
            return false;
        }
        try {
            Class<?> test = Class.forName(type, false, PagesTest.class.getClassLoader());
            return method == null
                    || Arrays.stream(test.getDeclaredMethods())
                            .anyMatch(declared -> declared.getName().equals(method));
        } catch (ClassNotFoundException gone) {
            return false;
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : found(LINK, Files.readString(page)).toList()) {
                String[] target = link.group(1).split("#", 2);
                Path file = target[0].isEmpty() ? page : page.resolveSibling(target[0]);
                boolean leads = link.group(1).startsWith("http")
                        || Files.exists(file)
                                && (target.length == 1 || anchors(file).contains(target[1]));
                if (!leads) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        return found(HEADING, Files.readString(page))
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void theReadmeLinksEveryPage() throws IOException {
        String readme = Files.readString(README);

        assertThat(pages())
                .filteredOn(page -> !page.equals(README))
                .allSatisfy(page -> assertThat(readme).contains("](" + page + ")"));
    }

    @Test
    void theReadmeTellsOfEveryPackage() throws IOException {
        List<String> told = found(PACKAGE_ROW, Files.readString(README))
                .flatMap(row -> Arrays.stream(row.group(1).split(", ")))
                .map(name -> name.replace("`", ""))
                .toList();
        try (Stream<Path> files = Files.list(MAIN)) {
            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isDirectory)
                            .map(directory -> directory.getFileName().toString())
                            .toList());
        }
    }

    @Test
    void everyRequestOfTheApiIsOnItsPage() throws IOException {
        String page = Files.readString(SITE.resolve("http-api.md"));
        List<String> untold = new ArrayList<>();
        Matcher route = ROUTE.matcher(Files.readString(MAIN.resolve("api/HttpApi.java")));
        int routes = 0;
        while (route.find()) {
            routes++;
            String path = route.group(2);
            String last = path.substring(path.lastIndexOf('/') + 1);
            String parent = path.substring(0, path.length() - last.length());
            // several that differ in their last word share a row
            boolean isTold = page.lines()
                    .filter(line -> line.startsWith("| `" + route.group(1) + " "))
                    .anyMatch(line -> line.contains(path + "`")
                            || line.contains(path + "?")
                            || line.contains(parent) && line.contains("`" + last + "`"));
            if (!isTold) {
                untold.add(route.group(1) + " " + path);
            }
        }

        assertThat(untold).isEmpty();
        assertThat(routes).isGreaterThan(15);
    }
}
