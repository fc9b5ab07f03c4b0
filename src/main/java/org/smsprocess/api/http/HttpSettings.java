// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.Section;
import org.smsprocess.settings.SettingsProblem;

/**
 * Section {@code sms-process.http}; what each key means is in reference.conf.
 *
 * @param port 0: any free one
 * @param shutdownTimeout of requests under way when the node ends
 * @param maxBody octets of a request's body, except uploaded recipients
 * @param maxMessages messages, or entries of the quarantine, of one request
 * @param maxErrors wrong fields named in one answer
 */
public record HttpSettings(
        String host,
        int port,
        int maxConnections,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration bodyTimeout,
        Duration uploadTimeout,
        Duration retryAfter,
        Duration shutdownTimeout,
        long maxBody,
        int maxUriLength,
        int maxHeaders,
        int maxHeaderLength,
        int maxMessages,
        int maxErrors,
        List<ApiToken> tokens,
        TlsSettings tls) {
    private static final String PATH = "sms-process.http";
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long MIB = 1 << 20;

    public HttpSettings {
        tokens = List.copyOf(tokens);
    }

    /**
     * @param root the whole, resolved configuration
     * @throws InvalidSettings with every problem; one is an API that listens beyond loopback without tokens
     */
    public static HttpSettings from(Config root) {
        List<SettingsProblem> problems = new ArrayList<>();
        HttpSettings settings = read(root, problems);
        InvalidSettings.throwIfAny(problems);
        return settings;
    }

    /** The same; what is wrong goes to the list, and the result must not be used if something does. */
    public static HttpSettings read(Config root, List<SettingsProblem> problems) {
        Section http = Section.of(PATH, root.getConfig(PATH), problems);
        String host = http.filledText("host", 255);
        List<ApiToken> tokens = tokens(http);
        checkReach(http, host, tokens);
        return new HttpSettings(
                host,
                http.integer("port", 0, 65535),
                http.integer("max-connections", 1, 100_000),
                http.duration("idle-timeout", SHORTEST, LONGEST),
                http.duration("request-timeout", SHORTEST, LONGEST),
                http.duration("body-timeout", SHORTEST, LONGEST),
                http.duration("upload-timeout", SHORTEST, Duration.ofDays(1)),
                http.duration("retry-after", Duration.ofSeconds(1), LONGEST),
                http.duration("shutdown-timeout", SHORTEST, LONGEST),
                http.octets("max-body", 1024, Integer.MAX_VALUE),
                (int) http.octets("max-uri-length", 256, MIB),
                http.integer("max-headers", 8, 1000),
                (int) http.octets("max-header-length", 256, MIB),
                http.integer("max-messages", 1, 100_000),
                http.integer("max-errors", 1, 1000),
                tokens,
                TlsSettings.read(http.section("tls")));
    }

    private static void checkReach(Section http, String host, List<ApiToken> tokens) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress() && tokens.isEmpty()) {
                http.problem(
                        "host",
                        "is beyond this machine and needs a token in " + PATH + ".tokens: make one with"
                                + " `sms-process token`, or listen on 127.0.0.1");
            }
        } catch (UnknownHostException e) {
            http.problem("host", "is not an address of this machine");
        }
    }

    private static List<ApiToken> tokens(Section http) {
        List<ApiToken> tokens = new ArrayList<>();
        for (Section token : http.sections("tokens", 0)) {
            String name = token.filledText("name", 64);
            String sha256 = token.text("sha256", 64).toLowerCase(Locale.ROOT);
            Set<Scope> scopes = EnumSet.noneOf(Scope.class);
            for (String word : token.text("scopes", 64).split("[ ,]+")) {
                Scope.named(word)
                        .ifPresentOrElse(
                                scopes::add, () -> token.problem("scopes", "holds none of send, read, admin: " + word));
            }
            token.noOtherKeys();
            if (ApiToken.isHash(sha256)) {
                tokens.add(new ApiToken(name, sha256, scopes));
            } else {
                token.problem("sha256", "is not 64 hexadecimal digits");
            }
        }
        return tokens;
    }
}
