// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.spec.FreePort;

/** Where a node listens, what it calls itself, and whom it joins. */
class ClusterAddressIT {
    private final List<ActorSystem<Void>> systems = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        systems.forEach(ActorSystem::terminate);
        for (ActorSystem<Void> system : systems) {
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @Observes({"cluster.host", "cluster.port", "cluster.bind-host", "cluster.bind-port", "cluster.seed-nodes"})
    void aNodeListensWhereItIsToldCallsItselfAsToldAndJoinsTheSeeds() throws Exception {
        int port = FreePort.next();
        int bindPort = FreePort.next();
        int seedPort = FreePort.next();
        String seeds = "seed-nodes = [ \"127.0.0.4:" + seedPort + "\" ]";
        ActorSystem<Void> behindNat =
                start("host = 127.0.0.2, port = %d, bind-host = 127.0.0.3, bind-port = %d".formatted(port, bindPort));
        ActorSystem<Void> seed = start("host = 127.0.0.4, port = " + seedPort + ", " + seeds);
        ActorSystem<Void> follower = start("host = 127.0.0.5, port = 0, " + seeds);

        assertThat(address(behindNat)).isEqualTo("sms-process@127.0.0.2:" + port);
        new Socket("127.0.0.3", bindPort).close();
        assertThatThrownBy(() -> new Socket("127.0.0.2", port)).isInstanceOf(ConnectException.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> isUp(seed) && isUp(follower));
        assertThat(address(follower)).startsWith("sms-process@127.0.0.5:");
        assertThat(isUp(behindNat)).isFalse();
    }

    private static String address(ActorSystem<Void> system) {
        return Cluster.get(system).selfMember().address().hostPort();
    }

    private static boolean isUp(ActorSystem<Void> system) {
        return Cluster.get(system).selfMember().status() == MemberStatus.up();
    }

    private ActorSystem<Void> start(String settings) {
        Config config =
                ConfigFactory.load(ConfigFactory.parseString("sms-process.cluster { " + settings + " }\n" + """
                        pekko {
                          actor.provider = cluster
                          loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
                          logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
                          cluster.jmx.enabled = off
                        }
                        """));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                ClusterSettings.SYSTEM,
                ClusterSettings.from(config).toPekko().withFallback(config));
        systems.add(system);
        return system;
    }
}
