// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.Routes;
import org.smsprocess.api.http.Scope;

/** The console's three files. They hold no data: the page asks the API for it, with the token of who looks. */
final class ConsoleEndpoints {
    private static final List<HttpHeader> HEADERS = List.of(
            RawHeader.create(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:;"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Referrer-Policy", "no-referrer"),
            RawHeader.create("Cache-Control", "no-cache"));

    private ConsoleEndpoints() {}

    static void addTo(Routes routes) {
        routes.add("GET", "/", Scope.OPEN, file("index.html", ContentTypes.TEXT_HTML_UTF8))
                .add("GET", "/console/console.css", Scope.OPEN, file("console.css", type("text/css")))
                .add("GET", "/console/console.js", Scope.OPEN, file("console.js", type("text/javascript")));
    }

    private static ContentType type(String mediaType) {
        return ContentTypes.parse(mediaType + "; charset=utf-8");
    }

    /** Read once, at start. */
    private static Call.Endpoint file(String name, ContentType type) {
        try (InputStream file = ConsoleEndpoints.class.getResourceAsStream("/console/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks console/" + name);
            }
            HttpResponse response = HttpResponse.create()
                    .withEntity(HttpEntities.create(type, ByteString.fromArrayUnsafe(file.readAllBytes())))
                    .addHeaders(HEADERS);
            return call -> CompletableFuture.completedFuture(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
