// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.smsprocess.Observes;

/** Which tests observe which setting, as {@link Observes} on them says it, or a tag with its name. */
final class ObservingTests {
    private final Map<String, SortedSet<String>> tests = new TreeMap<>();

    private ObservingTests() {}

    /** By setting. */
    static Map<String, SortedSet<String>> read() throws IOException {
        ObservingTests observing = new ObservingTests();
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all = files.filter(file -> file.toString().matches(".*(Test|IT)\\.class"))
                    .toList();
            for (Path file : all) {
                observing.read(classes.relativize(file).toString());
            }
        }
        return observing.tests;
    }

    private void read(String file) {
        String name = file.replace(".class", "").replace('/', '.');
        try {
            Class<?> type = Class.forName(name, false, ObservingTests.class.getClassLoader());
            observe(type, type.getSimpleName());
            for (Method method : type.getDeclaredMethods()) {
                observe(method, type.getSimpleName() + "#" + method.getName());
            }
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private void observe(AnnotatedElement test, String name) {
        Observes observes = test.getAnnotation(Observes.class);
        Stream<String> keys = observes == null ? Stream.of() : Stream.of(observes.value());
        Stream<String> tags = Stream.of(test.getAnnotationsByType(Tag.class))
                .map(Tag::value)
                .filter(tag -> !tag.matches("[SMDO]\\d+"))
                .map(tag -> tag.replaceFirst("^sms-process\\.", ""));
        Stream.concat(keys, tags)
                .forEach(key ->
                        tests.computeIfAbsent(key, none -> new TreeSet<>()).add(name));
    }

    private static Path classes() {
        try {
            return Path.of(ObservingTests.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
