// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This program again, with another command, as a process of its own. What it prints goes to a file. */
final class ChildJvm implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final long END_SECONDS = 60;
    private static final int TAIL = 3000;

    private final String name;
    private final Path output;
    private final Process process;

    private ChildJvm(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
    }

    static ChildJvm start(Workbench bench, String name, List<String> jvmOptions, List<String> arguments) {
        return start(bench, List.of(), name, jvmOptions, arguments);
    }

    /** @param prefix command that the JVM's own is given to and that becomes the JVM */
    static ChildJvm start(
            Workbench bench, List<String> prefix, String name, List<String> jvmOptions, List<String> arguments) {
        List<String> options = new ArrayList<>(jvmOptions);
        // what the jar's manifest opens, for when this runs from classes
        options.addAll(List.of("--add-opens", "java.base/java.nio=ALL-UNNAMED"));
        options.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
        options.addAll(List.of("-cp", ClassPath.ofThisProgram(), "org.smsprocess.Main"));
        options.addAll(arguments);
        Path output = bench.folder().resolve(name + ".log");
        try {
            Path file = bench.folder().resolve(name + ".args"); // a class path may be too long for a command line
            Files.write(file, options.stream().map(ChildJvm::quoted).toList());
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(java, "@" + file));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(bench.folder().toFile())
                    .start();
            return bench.add(new ChildJvm(name, output, process));
        } catch (IOException failed) {
            throw new UncheckedIOException(name + " does not start", failed);
        }
    }

    private static String quoted(String option) {
        return '"' + option.replace("\\", "\\\\") + '"';
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** @throws BenchFailure if it has ended, with the last it said */
    void check() {
        if (!process.isAlive()) {
            throw new BenchFailure(name + " ended with " + process.exitValue() + ":\n" + tail());
        }
    }

    /** Waits until it has printed something like this. */
    Matcher awaitLine(Pattern pattern, Duration most) {
        Matcher[] found = {pattern.matcher("")};
        Pause.until(
                () -> {
                    check();
                    found[0] = pattern.matcher(text());
                    return found[0].find();
                },
                STEP,
                most,
                () -> name + " does not come up:\n" + tail());
        return found[0];
    }

    String tail() {
        String text = text();
        return text.substring(Math.max(0, text.length() - TAIL));
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Once it has ended, of which the process itself may hear a moment later than others do. */
    int exitCode() {
        return process.onExit().join().exitValue();
    }

    /** In good order, as SIGTERM asks; by force when that takes too long. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** At once, as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
