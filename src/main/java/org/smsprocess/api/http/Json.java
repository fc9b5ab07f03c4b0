// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** JSON by streaming only: no tree and no binding stands between the octets and the records. */
public final class Json {
    /** Shared and threadsafe; deep nesting is refused before it costs. */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build();

    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    public static HttpResponse response(int status, Body body) {
        return HttpResponse.create().withStatus(status).withEntity(entity(ContentTypes.APPLICATION_JSON, body));
    }

    static HttpEntity.Strict entity(ContentType type, Body body) {
        return HttpEntities.create(type, bytes(body));
    }

    public static ByteString bytes(Body body) {
        try (ByteArrayBuilder out = new ByteArrayBuilder();
                JsonGenerator json = FACTORY.createGenerator(out)) {
            body.writeTo(json);
            json.flush();
            return ByteString.fromArrayUnsafe(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    public static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /** ISO 8601 in UTC. */
    public static void time(JsonGenerator json, String field, @Nullable Instant value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value.toString());
        }
    }
}
