// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the text of the sources, which byte code does not show. */
class SourcesTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
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
        assertThat(sources(MAIN))
                .allSatisfy(
                        file -> assertThat(text(file).lines()).as("%s", file).hasSizeLessThanOrEqualTo(400));
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(sources(MAIN).stream().map(Path::getParent).distinct())
                .filteredOn(directory -> !directory.endsWith("smsprocess"))
                .allSatisfy(directory ->
                        assertThat(directory.resolve("package-info.java")).exists());
    }

    @Test
    void noTestIsSwitchedOffAndNoneSleeps() throws IOException {
        String[] forbidden = {"@" + "Disabled", "Thread." + "sleep", "org." + "mockito"};

        assertThat(sources(TEST))
                .allSatisfy(file -> assertThat(text(file)).as("%s", file).doesNotContain(forbidden));
    }

    @Test
    void nobodySwallowsExceptionsUnseen() throws IOException {
        assertThat(sources(MAIN))
                .allSatisfy(file -> assertThat(text(file))
                        .as("%s", file)
                        .doesNotContainPattern("catch \\((final )?(Throwable|Exception) \\w+\\) \\{\\s*\\}"));
    }
}
