// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Section {@code sms-process.http}; what each key means is in reference.conf.
 *
 * @param port 0: any free one
 * @param maxBody octets of a request's body, except uploaded recipients
 * @param maxMessages messages of one request
 * @param maxErrors wrong fields named in one answer
 */
public record HttpSettings(
        String host,
        int port,
        int maxConnections,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration bodyTimeout,
        Duration retryAfter,
        long maxBody,
        int maxUriLength,
        int maxHeaders,
        int maxHeaderLength,
        int maxMessages,
        int maxErrors,
        List<ApiToken> tokens,
        TlsSettings tls) {
    private static final String PATH = "sms-process.http";

    public HttpSettings {
        tokens = List.copyOf(tokens);
    }

    /**
     * @param root the whole configuration, resolved
     * @throws ConfigException with key, file and line, if a value is wrong, or if the API would listen beyond loopback without tokens
     */
    public static HttpSettings from(Config root) {
        Config http = root.getConfig(PATH);
        HttpSettings settings = new HttpSettings(
                http.getString("host"),
                intIn(http, "port", 0, 65535),
                intIn(http, "max-connections", 1, 100_000),
                positive(http, "idle-timeout"),
                positive(http, "request-timeout"),
                positive(http, "body-timeout"),
                positive(http, "retry-after"),
                bytesIn(http, "max-body", 1024, Integer.MAX_VALUE),
                (int) bytesIn(http, "max-uri-length", 256, 1 << 20),
                intIn(http, "max-headers", 8, 1000),
                (int) bytesIn(http, "max-header-length", 256, 1 << 20),
                intIn(http, "max-messages", 1, 100_000),
                intIn(http, "max-errors", 1, 1000),
                tokens(http),
                TlsSettings.from(http.getConfig("tls")));
        if (settings.tokens.isEmpty() && !isLoopback(http, settings.host)) {
            throw wrong(
                    http,
                    "tokens",
                    "the API listens on " + settings.host + ", beyond this machine, so it needs at least one token"
                            + " (make one with `sms-process token`), or set " + PATH + ".host = 127.0.0.1");
        }
        return settings;
    }

    private static boolean isLoopback(Config http, String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw wrong(http, "host", host + " is not an address of this machine");
        }
    }

    private static List<ApiToken> tokens(Config http) {
        List<ApiToken> tokens = new ArrayList<>();
        for (Config token : http.getConfigList("tokens")) {
            String name = token.getString("name");
            Set<Scope> scopes = EnumSet.noneOf(Scope.class);
            for (String scope : token.getStringList("scopes")) {
                scopes.add(scope(token, scope));
            }
            try {
                tokens.add(new ApiToken(name, token.getString("sha256").toLowerCase(Locale.ROOT), scopes));
            } catch (IllegalArgumentException e) {
                throw new ConfigException.BadValue(
                        token.getValue("sha256").origin(), PATH + ".tokens(" + name + ").sha256", e.getMessage(), e);
            }
        }
        return tokens;
    }

    private static Scope scope(Config token, String name) {
        for (Scope scope : List.of(Scope.READ, Scope.SEND, Scope.ADMIN)) {
            if (scope.wireName().equals(name)) {
                return scope;
            }
        }
        throw wrong(token, "scopes", name + " is none of send, read, admin");
    }

    private static int intIn(Config http, String key, int low, int high) {
        return (int) in(http, key, http.getInt(key), low, high);
    }

    private static long bytesIn(Config http, String key, long low, long high) {
        return in(http, key, http.getBytes(key), low, high);
    }

    private static long in(Config http, String key, long value, long low, long high) {
        if (value < low || value > high) {
            throw wrong(http, key, value + " is out of range (" + low + " to " + high + ")");
        }
        return value;
    }

    private static Duration positive(Config http, String key) {
        Duration value = http.getDuration(key);
        if (value.isZero() || value.isNegative()) {
            throw wrong(http, key, value + " must be positive");
        }
        return value;
    }

    private static ConfigException wrong(Config section, String key, String message) {
        return new ConfigException.BadValue(section.getValue(key).origin(), PATH + "." + key, message);
    }
}
