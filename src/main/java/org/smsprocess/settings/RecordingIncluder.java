// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Includes as usual, and notes every file that an include statement can mean, also one that is not there yet. */
final class RecordingIncluder implements ConfigIncluder, ConfigIncluderFile {
    /** HOCON tries these where the statement names none. */
    private static final List<String> EXTENSIONS = List.of(".conf", ".json", ".properties");

    private final Set<Path> files;
    private final @Nullable ConfigIncluder usual;

    RecordingIncluder(Set<Path> files) {
        this(files, null);
    }

    private RecordingIncluder(Set<Path> files, @Nullable ConfigIncluder usual) {
        this.files = files;
        this.usual = usual;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return usual == fallback ? this : new RecordingIncluder(files, fallback);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        // asked for the file itself, the context knows only one that exists and is written with its extension
        ConfigParseable directory = context.relativeTo(".");
        String path = directory == null ? null : directory.origin().filename();
        if (path != null) {
            note(Path.of(path).resolve(what));
        }
        return usual().include(context, what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        note(what.toPath());
        return ((ConfigIncluderFile) usual()).includeFile(context, what);
    }

    private ConfigIncluder usual() {
        return Objects.requireNonNull(usual, "the parser adds its own includer");
    }

    private void note(Path path) {
        Path file = path.toAbsolutePath().normalize();
        String name = Objects.toString(file.getFileName(), "");
        if (EXTENSIONS.stream().anyMatch(name::endsWith)) {
            files.add(file);
        } else {
            EXTENSIONS.forEach(extension -> files.add(file.resolveSibling(name + extension)));
        }
    }
}
