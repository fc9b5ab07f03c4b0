// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The JMH benchmarks run: each once with every parameter, so that none is found broken on the day it is needed. */
class BenchmarksTest {
    private static final Path TEST = Path.of("src/test/java");

    private static List<Class<?>> benchmarks() throws IOException {
        try (Stream<Path> files = Files.walk(TEST)) {
            return files.filter(file -> file.toString().endsWith("Benchmark.java"))
                    .map(file -> TEST.relativize(file).toString())
                    .<Class<?>>map(file -> named(file.replace(".java", "").replace('/', '.')))
                    .toList();
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(benchmarks()).hasSizeGreaterThanOrEqualTo(5);
    }

    @TestFactory
    Stream<DynamicTest> eachRunsOnce() throws IOException {
        return benchmarks().stream()
                .flatMap(type -> methods(type, Benchmark.class)
                        .flatMap(method -> settings(type)
                                .map(setting -> dynamicTest(
                                        type.getSimpleName() + '.' + method.getName() + setting.name(),
                                        () -> run(type, method, setting)))));
    }

    private record Setting(String name, Field field, Object value) {}

    /** What the one {@code @Param} can be; a single empty setting without any. */
    private static Stream<Setting> settings(Class<?> type) {
        List<Setting> settings = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            Param param = field.getAnnotation(Param.class);
            if (param != null) {
                assertThat(settings).as("only one @Param").isEmpty();
                values(field, param).forEach(value -> settings.add(new Setting(" " + value, field, value)));
            }
        }
        return settings.isEmpty() ? Stream.of(new Setting("", null, null)) : settings.stream();
    }

    private static Stream<?> values(Field field, Param param) {
        return field.getType().isEnum()
                ? Arrays.stream(field.getType().getEnumConstants())
                : Arrays.stream(param.value()).map(Integer::valueOf);
    }

    private static void run(Class<?> type, Method benchmark, Setting setting) throws ReflectiveOperationException {
        Object instance = type.getConstructor().newInstance();
        if (setting.field() != null) {
            setting.field().set(instance, setting.value());
        }
        for (Method setup : methods(type, Setup.class).toList()) {
            setup.invoke(instance);
        }

        Object result = benchmark.invoke(instance);

        assertThat(result).isNotNull();
    }

    private static Stream<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getMethods()).filter(method -> method.isAnnotationPresent(annotation));
    }
}
