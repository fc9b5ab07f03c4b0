// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smsprocess.settings.InvalidSettings;

/**
 * The simulator over HTTP, JSON in and out:
 *
 * <pre>
 * GET  /stats                                counters
 * GET  /binds                                the connections
 * GET  /count?source=&amp;destination=&amp;text=     how often one message was accepted
 * GET  /messages?destination=                kept messages of one number (needs record.keep-messages)
 * GET  /received.ndjson                      all kept messages, one a line
 * POST /mo     {"from","to","text","systemId"?}
 * POST /fault  {"kind", "duration", …}       as in the settings; without a trigger: now
 * POST /fault/clear                         ends all faults, those of the settings too
 * POST /reset                               forgets what was received and counted
 * </pre>
 */
final class HttpPort {
    private static final int MAX_BODY = 65_536;
    private static final List<String> MO_FIELDS = List.of("from", "to", "text", "systemId");

    /** What its sender can mend; the message says how. */
    private static final class WrongRequest extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongRequest(String message) {
            super(message, null, false, false);
        }
    }

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new com.fasterxml.jackson.datatype.jsr310.JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private final Simulator simulator;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "simulator-http");
        thread.setDaemon(true);
        return thread;
    });

    private HttpPort(Simulator simulator, HttpServer server) {
        this.simulator = simulator;
        this.server = server;
    }

    static HttpPort open(Simulator simulator, String host, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        HttpPort http = new HttpPort(simulator, server);
        http.get("/stats", query -> simulator.record().stats());
        http.get("/binds", query -> simulator.record().stats().connections());
        http.get("/count", http::count);
        http.get("/messages", http::messages);
        http.post("/mo", http::mo);
        http.post("/fault", body -> {
            simulator.fault(body.toString());
            return simulator.record().stats().faults();
        });
        http.post("/fault/clear", body -> {
            simulator.clearFaults();
            return simulator.record().stats().faults();
        });
        http.post("/reset", body -> {
            simulator.record().reset();
            return Map.of("reset", true);
        });
        server.createContext("/received.ndjson", http::received);
        server.createContext("/", exchange -> http.answer(exchange, 404, Map.of("error", "no such resource")));
        server.setExecutor(http.threads);
        server.start();
        return http;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Answers a GET. */
    private interface Get {
        Object answer(Map<String, String> query);
    }

    /** Answers a POST. */
    private interface Post {
        Object answer(JsonNode body);
    }

    private void get(String path, Get resource) {
        server.createContext(path, exchange -> handle(exchange, path, "GET", () -> resource.answer(query(exchange))));
    }

    private void post(String path, Post resource) {
        server.createContext(path, exchange -> handle(exchange, path, "POST", () -> resource.answer(body(exchange))));
    }

    private Object count(Map<String, String> query) {
        String source = query.getOrDefault("source", "");
        String destination = query.getOrDefault("destination", "");
        String text = query.getOrDefault("text", "");
        return Map.of(
                "accepted", simulator.record().countOf(source, destination, text),
                "refusedByRule", simulator.record().refusedOf(source, destination, text));
    }

    private List<KeptMessage> messages(Map<String, String> query) {
        String destination = query.get("destination");
        needKept();
        return simulator
                .record()
                .messages(kept -> destination == null || kept.destination().equals(destination));
    }

    private Object mo(JsonNode body) {
        body.fieldNames().forEachRemaining(field -> {
            if (!MO_FIELDS.contains(field)) {
                throw new WrongRequest(field + " is not a field of an MO; there are " + String.join(", ", MO_FIELDS));
            }
            if (!body.path(field).isTextual()) {
                throw new WrongRequest(field + " must be a string");
            }
        });
        if (body.path("from").asText("").isEmpty()) {
            throw new WrongRequest("from is missing: the number that writes");
        }
        String systemId = body.path("systemId").asText("");
        int parts = simulator.sendMo(
                body.path("from").asText(""),
                body.path("to").asText(""),
                body.path("text").asText(""),
                systemId.isEmpty() ? null : systemId);
        return Map.of("delivers", parts);
    }

    private void needKept() {
        if (!simulator.record().keepsMessages()) {
            throw new IllegalArgumentException("sms-process-simulator.record.keep-messages is off");
        }
    }

    private void received(HttpExchange exchange) throws IOException {
        if (!simulator.record().keepsMessages()) {
            answer(exchange, 409, Map.of("error", "sms-process-simulator.record.keep-messages is off"));
            return;
        }
        List<KeptMessage> kept = simulator.record().messages(any -> true);
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 65_536)) {
            for (KeptMessage message : kept) {
                out.write(json.writeValueAsBytes(message));
                out.write('\n');
            }
        }
    }

    /** What a resource does for one request. */
    private interface Action {
        Object run() throws IOException;
    }

    private void handle(HttpExchange exchange, String path, String method, Action action) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            answer(exchange, 404, Map.of("error", "no such resource"));
        } else if (!exchange.getRequestMethod().equals(method)) {
            answer(exchange, 405, Map.of("error", path + " takes " + method));
        } else {
            try {
                answer(exchange, 200, action.run());
            } catch (JsonProcessingException malformed) {
                answer(exchange, 400, Map.of("error", "not JSON: " + malformed.getOriginalMessage()));
            } catch (WrongRequest wrong) {
                answer(exchange, 400, Map.of("error", String.valueOf(wrong.getMessage())));
            } catch (InvalidSettings wrong) { // of a request: there is no file whose line would help
                String problems = wrong.problems().stream()
                        .map(problem -> problem.key() + " " + problem.detail())
                        .collect(Collectors.joining("; "));
                answer(exchange, 400, Map.of("error", problems));
            } catch (IllegalArgumentException refused) {
                answer(exchange, 409, Map.of("error", String.valueOf(refused.getMessage())));
            }
        }
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] octets = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(octets);
        }
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        byte[] octets = exchange.getRequestBody().readNBytes(MAX_BODY);
        @Nullable JsonNode node = octets.length == 0 ? null : json.readTree(octets);
        return node == null ? json.createObjectNode() : node;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> values = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
