// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the text of the sources, which byte code does not show. */
class SourcesTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    private static List<String> sources(Path root, Predicate<Path> offence) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(offence)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void noFileIsTooLongToRead() throws IOException {
        assertThat(sources(MAIN, file -> text(file).lines().count() > 400)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(sources(
                        MAIN,
                        file -> !Files.exists(file.resolveSibling("package-info.java"))
                                && !file.endsWith("smsprocess/Main.java")))
                .isEmpty();
    }

    @Test
    void mapsOfPackagesNameClassesThatExist() throws IOException {
        Pattern map = Pattern.compile("<pre>(.*)</pre>", Pattern.DOTALL);
        Pattern type = Pattern.compile("\\b[A-Z][a-z]\\w+");

        List<String> gone = new ArrayList<>();
        for (String file : sources(MAIN, source -> source.endsWith("package-info.java"))) {
            map.matcher(text(Path.of(file)))
                    .results()
                    .forEach(found -> type.matcher(found.group(1))
                            .results()
                            .map(MatchResult::group)
                            .filter(name -> !Files.exists(Path.of(file).resolveSibling(name + ".java")))
                            .forEach(name -> gone.add(file + ": " + name)));
        }

        assertThat(gone).isEmpty();
    }

    @Test
    void noTestIsSwitchedOffAndNoneSleeps() throws IOException {
        List<String> forbidden = List.of("@" + "Disabled", "Thread." + "sleep", "org." + "mockito");

        assertThat(sources(TEST, file -> forbidden.stream().anyMatch(text(file)::contains)))
                .isEmpty();
    }

    @Test
    void nobodySwallowsExceptionsUnseen() throws IOException {
        Pattern swallowed = Pattern.compile("catch \\((final )?(Throwable|Exception) \\w+\\) \\{\\s*}");

        assertThat(sources(MAIN, file -> swallowed.matcher(text(file)).find())).isEmpty();
    }

    @Test
    void noTwoMigrationsHaveTheSameVersion() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString().split("__")[0]))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }
}
