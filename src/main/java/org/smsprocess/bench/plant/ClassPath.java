// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where the classes of this program are, so that it can be started once more. */
final class ClassPath {
    private ClassPath() {}

    static String ofThisProgram() {
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) { // run by Maven
            return Arrays.stream(loader.getURLs()).map(ClassPath::file).collect(Collectors.joining(File.pathSeparator));
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
