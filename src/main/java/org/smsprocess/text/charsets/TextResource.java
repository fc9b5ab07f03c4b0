// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables that are resources beside the class that reads them, so that people can hold them against the specification. */
public final class TextResource {
    private TextResource() {}

    public static List<String> lines(Class<?> reader, String name) {
        try (InputStream stream = reader.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
