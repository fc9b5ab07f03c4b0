// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.account.AccountRegistry.Added;
import org.smsprocess.account.AccountRegistry.Changed;
import org.smsprocess.account.AccountRegistry.Command;
import org.smsprocess.account.AccountRegistry.Event;
import org.smsprocess.account.AccountRegistry.Reloaded;
import org.smsprocess.account.AccountRegistry.Removed;
import org.smsprocess.account.AccountStateStore.Switch;
import org.smsprocess.account.SettingsChange.Effect;
import org.smsprocess.settings.SettingsFile;

class AccountRegistryTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    @TempDir
    Path directory;

    private final MemoryAccountStates states = new MemoryAccountStates();
    private AccountDirectory accounts = new AccountDirectory();
    private final TestProbe<Event> subscriber = KIT.createTestProbe();
    private final TestProbe<Reloaded> reloads = KIT.createTestProbe();
    private final TestProbe<StatusReply<AccountSnapshot>> switches = KIT.createTestProbe();
    private Path file;

    @BeforeEach
    void writeTwoAccounts() throws IOException {
        file = directory.resolve("node.conf");
        accounts("a { host = x, window = 5 }", "b { host = y }");
    }

    @AfterEach
    void stopRegistry() {
        if (registry != null) {
            KIT.stop(registry);
        }
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private ActorRef<Command> registry;

    private void accounts(String... lines) throws IOException {
        Files.writeString(file, "sms-process.accounts {\n" + String.join("\n", lines) + "\n}");
    }

    private void start() {
        SettingsFile source = new SettingsFile(file);
        Config root = source.load();
        registry =
                KIT.spawn(Behaviors.supervise(AccountRegistry.create(source, NodeSettings.from(root), states, accounts))
                        .onFailure(SupervisorStrategy.restart()));
    }

    private void subscribe() {
        registry.tell(new AccountRegistry.Subscribe(subscriber.getRef()));
        assertThat(subscriber.expectMessageClass(Added.class).account().name()).isEqualTo("a");
        assertThat(subscriber.expectMessageClass(Added.class).account().name()).isEqualTo("b");
    }

    private Reloaded reload() {
        registry.tell(new AccountRegistry.Reload(reloads.getRef()));
        return reloads.receiveMessage();
    }

    private AccountSnapshot doSwitch(String account, Switch change) {
        registry.tell(new AccountRegistry.Change(account, change, switches.getRef()));
        return switches.receiveMessage().getValue();
    }

    @Test
    void tellsAChangedAccountAndNoOther() throws IOException {
        start();
        subscribe();

        accounts("a { host = x, window = 6 }", "b { host = y }");

        assertThat(reload().problems()).isEmpty();
        Changed changed = subscriber.expectMessageClass(Changed.class);
        assertThat(changed.before().settings().throughput().window()).isEqualTo(5);
        assertThat(changed.after().settings().throughput().window()).isEqualTo(6);
        assertThat(changed.change().effects()).containsExactly(Effect.LIMITS);
        subscriber.expectNoMessage();
        assertThat(accounts.find("a").orElseThrow()).isEqualTo(changed.after());
    }

    @Test
    void tellsAccountsThatComeAndGo() throws IOException {
        start();
        subscribe();

        accounts("b { host = y }", "c { host = z }");

        reload();
        assertThat(subscriber.expectMessageClass(Removed.class).account().name())
                .isEqualTo("a");
        assertThat(subscriber.expectMessageClass(Added.class).account().name()).isEqualTo("c");
        assertThat(accounts.accounts()).containsOnlyKeys("b", "c");
    }

    @Test
    void looksWhenTheRefreshIsDue() throws IOException {
        start();
        subscribe();
        accounts("a { host = x, window = 7 }", "b { host = y }");

        TIME.timePasses(Duration.ofSeconds(10));

        assertThat(subscriber
                        .expectMessageClass(Changed.class)
                        .after()
                        .settings()
                        .throughput()
                        .window())
                .isEqualTo(7);
    }

    @Test
    void anAccountWithAWrongValueKeepsItsSettingsWhileOthersChange() throws IOException {
        start();
        subscribe();
        accounts("a { host = x, window = 0 }", "b { host = y, window = 3 }");

        Reloaded reloaded = LoggingTestKit.error("a.window = 0 is out of range (1 to 10000)")
                .withOccurrences(1)
                .expect(KIT.system(), this::reload);

        assertThat(reloaded.problems()).hasSize(1);
        assertThat(subscriber.expectMessageClass(Changed.class).after().name()).isEqualTo("b");
        subscriber.expectNoMessage();
        assertThat(accounts.find("a").orElseThrow().settings().throughput().window())
                .isEqualTo(5);
    }

    @Test
    void aProblemIsLoggedOnceAndToldAtEachReload() throws IOException {
        start();
        subscribe();
        accounts("a { host = x, window = 0 }", "b { host = y }");
        reload();

        Reloaded again = LoggingTestKit.error("window").withOccurrences(0).expect(KIT.system(), this::reload);

        assertThat(again.problems()).hasSize(1);
        assertThat(accounts.problems()).isEqualTo(again.problems());
    }

    @Test
    void aFileThatDoesNotParseChangesNothing() throws IOException {
        start();
        subscribe();
        Files.writeString(file, "sms-process.accounts { a { host = ");

        assertThat(reload().problems()).hasSize(1);
        Files.delete(file);
        assertThat(reload().problems()).hasSize(1);

        subscriber.expectNoMessage();
        assertThat(accounts.accounts()).containsOnlyKeys("a", "b");
    }

    @Test
    void aSwitchIsDurableBeforeItIsToldAndSurvivesARestart() {
        start();
        subscribe();

        assertThat(doSwitch("a", Switch.DISABLE).isConnected()).isFalse();

        Changed changed = subscriber.expectMessageClass(Changed.class);
        assertThat(changed.change().effects()).containsExactly(Effect.SLOTS);
        KIT.stop(registry);
        accounts = new AccountDirectory();
        start();
        registry.tell(new AccountRegistry.Subscribe(subscriber.getRef()));
        assertThat(subscriber.expectMessageClass(Added.class).account().isConnected())
                .isFalse();
    }

    @Test
    void pausedDeliveriesLeaveTheConnectionsAlone() {
        start();
        subscribe();

        AccountSnapshot paused = doSwitch("b", Switch.PAUSE_DELIVERIES);

        assertThat(paused.isConnected()).isTrue();
        assertThat(paused.isSending()).isFalse();
        assertThat(subscriber.expectMessageClass(Changed.class).change().effects())
                .isEmpty();
        assertThat(doSwitch("b", Switch.RESUME_DELIVERIES).isSending()).isTrue();
    }

    @Test
    void hearsWhatAnotherNodeHasSwitched() {
        start();
        subscribe();

        states.apply("b", Switch.DISABLE);

        reload();
        assertThat(subscriber.expectMessageClass(Changed.class).after().isConnected())
                .isFalse();
    }

    @Test
    void anUnknownAccountCannotBeSwitched() {
        start();

        registry.tell(new AccountRegistry.Change("zz", Switch.DISABLE, switches.getRef()));

        assertThat(switches.receiveMessage().getError()).hasMessage("There is no account zz");
    }

    @Test
    void withTheDatabaseAwayLastKnownSwitchesStayAndNewOnesAreRefused() throws IOException {
        start();
        subscribe();
        doSwitch("a", Switch.DISABLE);
        subscriber.expectMessageClass(Changed.class);

        states.setAway(true);
        accounts("a { host = x, window = 6 }", "b { host = y }");
        reload();

        assertThat(subscriber.expectMessageClass(Changed.class).after().isConnected())
                .isFalse();
        registry.tell(new AccountRegistry.Change("a", Switch.ENABLE, switches.getRef()));
        assertThat(switches.receiveMessage().isError()).isTrue();
    }

    @Test
    void tellsNothingBeforeTheSwitchesAreKnown() {
        states.setAway(true);
        LoggingTestKit.warn("Nothing is bound before").expect(KIT.system(), () -> {
            start();
            return registry;
        });
        registry.tell(new AccountRegistry.Subscribe(subscriber.getRef()));
        subscriber.expectNoMessage();

        states.setAway(false);
        TIME.timePasses(Duration.ofSeconds(1));

        subscriber.expectMessageClass(Added.class);
    }

    @Test
    void afterARestartItGoesOnWithWhatWasInForceAndItsSubscribers() throws IOException {
        start();
        subscribe();
        accounts("a { host = x, window = 6 }", "b { host = y }");
        reload();
        subscriber.expectMessageClass(Changed.class);

        states.breakOnce();
        registry.tell(new AccountRegistry.Reload(reloads.getRef()));
        accounts("a { host = x, window = 6 }", "b { host = y, window = 8 }");
        reload();

        assertThat(subscriber.expectMessageClass(Changed.class).after().name()).isEqualTo("b");
        subscriber.expectNoMessage();
        assertThat(accounts.find("a").orElseThrow().settings().throughput().window())
                .isEqualTo(6);
    }

    @Test
    void warnsAtEveryStartOfAnAccountThatTrustsEverybody() throws IOException {
        accounts("a { host = x, tls { enabled = true, verification = skip-certificate } }");

        for (int start = 1; start <= 2; start++) {
            accounts = new AccountDirectory();
            LoggingTestKit.warn("a: tls.verification = skip-certificate").expect(KIT.system(), () -> {
                start();
                return registry;
            });
            KIT.stop(registry);
        }
    }
}
