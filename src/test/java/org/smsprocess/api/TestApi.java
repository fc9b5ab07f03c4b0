// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.smsprocess.api.http.HttpSettings;

/** A server on a free port of 127.0.0.1, and a client for it. */
public final class TestApi implements AutoCloseable {
    private final ActorSystem<Void> system;
    private final ServerBinding binding;
    private final HttpClient client;

    private TestApi(ActorSystem<Void> system, ServerBinding binding, HttpClient client) {
        this.system = system;
        this.binding = binding;
        this.client = client;
    }

    /** @param overrides HOCON, below {@code sms-process.http} */
    static TestApi start(ApiServices services, String overrides) {
        return start(services, overrides, HttpClient.newHttpClient());
    }

    static TestApi start(ApiServices services, String overrides, HttpClient client) {
        Config config = config(overrides);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "api", config);
        try {
            ServerBinding binding = HttpApi.start(system, HttpSettings.from(config), services)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            return new TestApi(system, binding, client);
        } catch (Exception e) {
            system.terminate();
            throw new IllegalStateException("the API did not start", e);
        }
    }

    public static Config config(String overrides) {
        return ConfigFactory.parseString(
                        "pekko { actor.provider = local, loglevel = WARNING, log-dead-letters = off }\n"
                                + "sms-process.http.port = 0\nsms-process.http {" + overrides + "}")
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    int port() {
        return binding.localAddress().getPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
