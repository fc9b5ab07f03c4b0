// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;

/** What fails at each start, under the supervision that the parts of a node have. */
class RestartPauseTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            ConfigFactory.parseString("pekko.loglevel = OFF").withFallback(ConfigFactory.load()));

    private final TestProbe<String> starts = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    @Observes({"restart.min-backoff", "restart.max-backoff"})
    void itIsStartedAgainAtThePaceOfRestart() {
        KIT.spawn(failing("min-backoff = 20ms, max-backoff = 40ms"));

        for (int i = 0; i < 20; i++) { // doubling without end, the last would take hours
            starts.expectMessage("started");
        }
    }

    @Test
    void aLongPauseIsKept() {
        KIT.spawn(failing("min-backoff = 1m, max-backoff = 1m"));

        starts.expectMessage("started");
        starts.expectNoMessage(Duration.ofMillis(500));
    }

    private Behavior<String> failing(String restart) {
        Config config = ConfigFactory.load(ConfigFactory.parseString("sms-process.restart { " + restart + " }"));
        Behavior<String> failing = Behaviors.setup(context -> {
            starts.getRef().tell("started");
            throw new IllegalStateException("the test wants no actor now");
        });
        return Behaviors.supervise(failing)
                .onFailure(ProcessSettings.read(config, new ArrayList<>())
                        .restart()
                        .strategy());
    }
}
