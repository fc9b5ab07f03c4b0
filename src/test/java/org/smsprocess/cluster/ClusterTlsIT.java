// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.smsprocess.Observes;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.spec.FreePort;

/** Who gets into a cluster that speaks TLS. Real sockets; certificates made by keytool. */
class ClusterTlsIT {
    private static final Duration JOIN = Duration.ofSeconds(40);
    private static final Duration KEPT_OUT = Duration.ofSeconds(3);
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final List<ActorSystem<Void>> systems = new ArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void end() throws Exception {
        systems.forEach(ActorSystem::terminate);
        for (ActorSystem<Void> system : systems) {
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        root.detachAppender(log);
    }

    @Test
    @Observes({"cluster.tls.enabled", "cluster.tls.key-store", "cluster.tls.trust-store"})
    void nodesWithCertificatesOfTheCaFormAClusterAndOthersStayOut() throws Exception {
        Path ca = authority("ca");
        Path other = authority("other");
        ActorSystem<Void> first = start(tls(certificate("one", ca, "ip:127.0.0.1"), ca, "full"));
        join(first, first);
        ActorSystem<Void> second = start(tls(certificate("two", ca, "ip:127.0.0.1"), ca, "full"));
        join(second, first);
        await().atMost(JOIN).untilAsserted(() -> assertThat(members(first)).isEqualTo(2));

        ActorSystem<Void> stranger = start(tls(certificate("stranger", other, "ip:127.0.0.1"), ca, "full"));
        join(stranger, first);
        awaitLog("CN=stranger, signed by CN=other");
        ActorSystem<Void> plain = start(plain());
        join(plain, first);
        awaitLog("[" + Cluster.get(plain).selfMember().address() + "] - Couldn't join seed nodes");

        await().during(KEPT_OUT).atMost(JOIN).untilAsserted(() -> {
            assertThat(members(first)).isEqualTo(2);
            assertThat(isUp(stranger)).isFalse();
            assertThat(isUp(plain)).isFalse();
        });
    }

    @Test
    @Observes("cluster.tls.verification")
    void theCertificateIsMadeOutToTheHostUnlessThatIsNotAskedFor() throws Exception {
        Path ca = authority("ca");
        Path elsewhere = certificate("elsewhere", ca, "ip:127.0.0.2");
        ActorSystem<Void> first = start(tls(elsewhere, ca, "full"));
        join(first, first);
        ActorSystem<Void> careful = start(tls(certificate("two", ca, "ip:127.0.0.1"), ca, "full"));
        join(careful, first);
        awaitLog("No subject alternative names matching IP address 127.0.0.1 found");
        assertThat(isUp(careful)).isFalse();

        ActorSystem<Void> lenientFirst = start(tls(elsewhere, ca, "skip-hostname"));
        join(lenientFirst, lenientFirst);
        ActorSystem<Void> lenient = start(tls(elsewhere, ca, "skip-hostname"));
        join(lenient, lenientFirst);
        await().atMost(JOIN).untilAsserted(() -> assertThat(isUp(lenient)).isTrue());
    }

    @Test
    void tlsWithoutItsFilesIsRefused() {
        assertThatThrownBy(() -> ClusterSettings.from(config("tls.enabled = true")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("sms-process.cluster.tls.trust-store")
                .hasMessageContaining("sms-process.cluster.tls.key-store");
    }

    @Test
    @Observes({"cluster.tls.key-store-password", "cluster.tls.trust-store-password"})
    void filesOpenWithTheirPasswordsOnly() throws Exception {
        Path ca = authority("ca");
        Path trusting = folder.resolve("trusting.p12");
        keytool(trusting, "-importcert", "-noprompt", "-alias", "ca", "-file", ca + ".pem");
        String files = "tls { enabled = true, key-store = \"%s\", trust-store = \"%s\", "
                .formatted(certificate("one", ca, "ip:127.0.0.1"), trusting);
        String right = files + "key-store-password = %s, trust-store-password = %s }".formatted(PASSWORD, PASSWORD);

        ActorSystem<Void> node = start(right);
        join(node, node);
        await().atMost(JOIN).until(() -> isUp(node));

        for (String key : List.of("key-store-password", "trust-store-password")) {
            String wrong = right.replace(" " + key + " = " + PASSWORD, " " + key + " = other");
            assertThatThrownBy(() -> ClusterSettings.from(config(wrong)))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("sms-process.cluster.tls.")
                    .hasMessageContaining(key);
        }
    }

    private ActorSystem<Void> start(String settings) throws IOException {
        Config config = config("port = " + FreePort.next() + "\n" + settings);
        ClusterSettings cluster = ClusterSettings.from(config);
        ActorSystemSetup setup =
                ActorSystemSetup.create(BootstrapSetup.create(cluster.toPekko().withFallback(config)));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                ClusterSettings.SYSTEM,
                cluster.toSetup().map(setup::and).orElse(setup));
        systems.add(system);
        return system;
    }

    private static Config config(String settings) {
        return ConfigFactory.load(ConfigFactory.parseString("sms-process.cluster { " + settings + " }\n" + """
                        pekko {
                          actor.provider = cluster
                          loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
                          logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
                          cluster { jmx.enabled = off, seed-node-timeout = 1s }
                        }
                        """));
    }

    private static String tls(Path identity, Path authority, String verification) {
        return """
                tls {
                  enabled = true, verification = %s
                  key-store = "%s", key-store-password = %s
                  trust-store = "%s"
                }
                """.formatted(
                        verification, identity, PASSWORD, authority.resolveSibling(authority.getFileName() + ".pem"));
    }

    private static String plain() {
        return "";
    }

    private static void join(ActorSystem<Void> system, ActorSystem<Void> seed) {
        Address address = Cluster.get(seed).selfMember().address();
        Cluster.get(system).manager().tell(new JoinSeedNodes(List.of(AddressFromURIString.parse(address.toString()))));
    }

    private static boolean isUp(ActorSystem<Void> system) {
        return Cluster.get(system).selfMember().status() == MemberStatus.up();
    }

    private static int members(ActorSystem<Void> system) {
        int count = 0;
        for (var member : Cluster.get(system).state().getMembers()) {
            count += member.status() == MemberStatus.up() ? 1 : 0;
        }
        return count;
    }

    private void awaitLog(String text) {
        await().atMost(JOIN).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains(text)));
    }

    /** A CA's key, and its certificate as PEM beside it. */
    private Path authority(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        keytool(file, "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:c");
        keytool(file, "-exportcert", "-rfc", "-alias", "ca", "-file", file + ".pem");
        return file;
    }

    /** A key with a certificate that the CA has signed. */
    private Path certificate(String name, Path authority, String host) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Path request = folder.resolve(name + ".csr");
        Path signed = folder.resolve(name + ".crt");
        keytool(file, "-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=" + name);
        keytool(file, "-certreq", "-alias", "own", "-file", request.toString());
        keytool(
                authority,
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-ext",
                "san=" + host);
        keytool(file, "-importcert", "-noprompt", "-alias", "ca", "-file", authority + ".pem");
        keytool(file, "-importcert", "-alias", "own", "-file", signed.toString());
        return file;
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
