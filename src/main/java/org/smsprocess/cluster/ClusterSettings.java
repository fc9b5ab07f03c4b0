// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.smsprocess.account.tls.TlsSettings;
import org.smsprocess.account.tls.TlsSettings.Verification;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.Section;
import org.smsprocess.settings.SettingsProblem;

/**
 * How this node meets the others: {@code sms-process.cluster}.
 *
 * @param host address that the other nodes reach this one at
 * @param port 0: a free one
 * @param bindHost address to listen on; empty: {@code host}
 * @param bindPort 0: {@code port}
 * @param seedNodes {@code host:port}; empty: the nodes of one database find each other there
 * @param heartbeat how often a node shows in the database that it lives
 * @param nodeTtl a node silent for so long counts as gone when another one starts
 * @param joinTimeout a cluster that has not let this node in for so long is looked for again
 * @param handOverTimeout of the slots of a node that leaves
 * @param tls with both files set when enabled
 */
public record ClusterSettings(
        String host,
        int port,
        String bindHost,
        int bindPort,
        List<String> seedNodes,
        Duration heartbeat,
        Duration nodeTtl,
        Duration joinTimeout,
        Duration handOverTimeout,
        TlsSettings tls) {
    /** Of the actor system; part of the nodes' addresses. */
    public static final String SYSTEM = "sms-process";

    private static final String PATH = "sms-process.cluster";

    public ClusterSettings {
        seedNodes = List.copyOf(seedNodes);
    }

    /**
     * @param root the whole, resolved configuration
     * @throws InvalidSettings with every problem
     */
    public static ClusterSettings from(Config root) {
        List<SettingsProblem> problems = new ArrayList<>();
        Section section = Section.of(PATH, root.getConfig(PATH), problems);
        Duration heartbeat = section.duration("heartbeat", Duration.ofMillis(100), Duration.ofMinutes(1));
        ClusterSettings settings = new ClusterSettings(
                section.filledText("host", 255),
                section.integer("port", 0, 65_535),
                section.text("bind-host", 255),
                section.integer("bind-port", 0, 65_535),
                section.texts("seed-nodes", 0),
                heartbeat,
                section.duration("node-ttl", heartbeat.multipliedBy(3), Duration.ofMinutes(10)),
                section.duration("join-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                section.duration("hand-over-timeout", Duration.ofMillis(100), Duration.ofMinutes(10)),
                tls(section.section("tls")));
        for (String seed : settings.seedNodes()) {
            if (!seed.matches(".+:\\d{1,5}")) {
                section.note("seed-nodes", "holds " + seed + ", which is not host:port");
            }
        }
        InvalidSettings.throwIfAny(problems);
        return settings;
    }

    /** Without a trust store of its own, any certificate of any public CA would open the cluster. */
    private static TlsSettings tls(Section section) {
        TlsSettings tls = TlsSettings.from(section);
        if (tls.enabled() && tls.trustStore().isEmpty()) {
            section.note("trust-store", "must be set: the CA of the nodes");
        }
        if (tls.enabled() && tls.keyStore().isEmpty()) {
            section.note("key-store", "must be set: each node shows a certificate");
        }
        if (tls.enabled() && tls.verification() == Verification.SKIP_CERTIFICATE) {
            section.note("verification", "is full or skip-hostname between nodes");
        }
        return tls;
    }

    /** What opens connections between nodes; for the start of the actor system. */
    public Optional<Setup> toSetup() {
        return tls.enabled()
                ? Optional.of(SSLEngineProviderSetup.create(system -> new ClusterTls(tls)))
                : Optional.empty();
    }

    /** Where this node takes the connections of the others. */
    public String listensAt() {
        return (bindHost.isEmpty() ? host : bindHost) + ":" + (bindPort == 0 ? port : bindPort);
    }

    /** What this means to Pekko; lies over node.conf. */
    public Config toPekko() {
        Map<String, Object> artery = Map.of(
                "canonical.hostname", host,
                "canonical.port", port,
                "bind.hostname", bindHost,
                "bind.port", bindPort == 0 ? "" : Integer.toString(bindPort));
        List<String> seeds = seedNodes.stream().map(ClusterSettings::address).toList();
        return ConfigFactory.parseMap(artery)
                .withValue("transport", ConfigValueFactory.fromAnyRef(tls.enabled() ? "tls-tcp" : "tcp"))
                .atPath("pekko.remote.artery")
                .withValue("pekko.cluster.seed-nodes", ConfigValueFactory.fromIterable(seeds));
    }

    static String address(String hostAndPort) {
        return "pekko://" + SYSTEM + "@" + hostAndPort;
    }
}
