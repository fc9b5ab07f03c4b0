// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A configuration file, what it includes, the environment variables it names, and {@code -D} properties over it. Changes are
 * found by content, not by time, so that a file that is touched, or replaced by an equal one, causes no work. Not thread-safe.
 */
public final class SettingsFile implements SettingsSource {
    /** What the parser says of include required("…"), looked for beside the file first. */
    private static final String MISSING_INCLUDE = "resource not found on classpath: ";

    private final Path file;
    private final Config below;
    private final Set<Path> read = new LinkedHashSet<>();
    private List<byte[]> contents = List.of();

    public SettingsFile(Path file) {
        this(file, ConfigFactory.empty());
    }

    /** @param below stands between the file and the defaults; not resolved, never read again */
    public SettingsFile(Path file, Config below) {
        this.file = file.toAbsolutePath().normalize();
        this.below = below;
    }

    @Override
    public Config load() {
        try {
            read.clear();
            read.add(file);
            ConfigParseOptions options = ConfigParseOptions.defaults()
                    .setAllowMissing(false) // a file that is gone for a moment must not remove every account
                    .setIncluder(new RecordingIncluder(read));
            Config own = ConfigFactory.parseFile(file.toFile(), options);
            List<SettingsProblem> problems = new ArrayList<>();
            UnknownKeys.noteMistypedRoots(own.root(), problems);
            InvalidSettings.throwIfAny(problems);
            return ConfigFactory.load(own.withFallback(below));
        } catch (ConfigException unusable) {
            throw new InvalidSettings(List.of(problem(unusable)));
        } finally {
            contents = contentsNow();
        }
    }

    @Override
    public boolean hasChanged() {
        List<byte[]> now = contentsNow();
        for (int i = 0; i < now.size(); i++) {
            if (i >= contents.size() || !Arrays.equals(now.get(i), contents.get(i))) {
                return true;
            }
        }
        return now.size() != contents.size();
    }

    private List<byte[]> contentsNow() {
        List<byte[]> now = new ArrayList<>();
        for (Path path : read) {
            now.add(contentOf(path));
        }
        return now;
    }

    /** What cannot be read has the content of an empty file; load tells why. */
    private static byte[] contentOf(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private SettingsProblem problem(ConfigException unusable) {
        if (!Files.isReadable(file)) {
            boolean isThere = Files.exists(file);
            return new SettingsProblem(
                    SettingsProblem.shown(file), "the file", isThere ? "cannot be read" : "does not exist");
        }
        String message = Objects.toString(unusable.getMessage(), "cannot be parsed");
        if (message.contains(MISSING_INCLUDE)) {
            String name = message.substring(message.indexOf(MISSING_INCLUDE) + MISSING_INCLUDE.length());
            return new SettingsProblem(
                    SettingsProblem.shown(file),
                    "the file",
                    "or one that it includes requires " + name + ", which does not exist beside it");
        }
        ConfigOrigin origin = unusable.origin();
        if (origin == null) {
            return new SettingsProblem(SettingsProblem.shown(file), "the file", "cannot be used: " + message);
        }
        String prefix = origin.description() + ": ";
        String what = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        return SettingsProblem.at(origin, "the file", "cannot be used: " + what);
    }
}
