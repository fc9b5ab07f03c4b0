// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.store.TestDatabase;

class OutboxIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static TestQueue all;

    @BeforeAll
    static void open() {
        all = new TestQueue(DB, Map.of());
        KIT.spawn(Outbox.create(
                DB.database(),
                all.signal,
                "acme"::equals,
                IntakeSettings.from(ConfigFactory.load()),
                Duration.ofMinutes(10))); // what is seen sooner was told by the trigger
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void rowsBecomeMessagesAtOnceAndBadOnesAreToldWhy() {
        DB.execute(
                "insert into outbox (account, recipient, body, sender, priority, reference)"
                        + " select 'acme', '+336123' || n, 'text ' || n, 'Shop', n % 2, 'r' || n from generate_series(1000, 7999) n");
        DB.execute("insert into outbox (account, recipient, body, priority) values"
                + " ('nobody', '+33612345678', 'x', 0), ('acme', 'Paul', 'x', 0), ('acme', '336123', '', 0),"
                + " ('acme', '336123', 'x', 4)");
        DB.execute("insert into outbox (account, recipient, body, sender) values ('acme', '336123', 'x', 'Café')");
        // one that cannot be stored must not hold up those behind it
        DB.execute("insert into outbox (account, recipient, body, send_at) values ('acme', '336123', 'x', 'infinity'),"
                + " ('acme', '336123', 'x', '-infinity'), ('acme', '336123', 'x', '4000-01-01 BC')");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> DB.number("select count(*) from outbox where taken_at is null") == 0);

        assertThat(
                        DB.number(
                                "select count(*) from outbox o join message m on m.id = o.message_id"
                                        + " and m.recipient = o.recipient and m.body = o.body and m.sender = o.sender and m.reference = o.reference"))
                .isEqualTo(7000);
        assertThat(DB.number("select count(*) from message")).isEqualTo(7000);
        assertThat(DB.column("select error from outbox where error is not null order by id"))
                .containsExactly(
                        "account: nobody is not an account",
                        "recipient: Paul is not a number (3 to 20 digits, + before them or not)",
                        "body: is empty",
                        "priority: 4 is out of range (0 to 3)",
                        "sender: Café holds other characters than ASCII",
                        "send_at: is out of range (years 1970 to 2099)",
                        "send_at: is out of range (years 1970 to 2099)",
                        "send_at: is out of range (years 1970 to 2099)");
        assertThat(all.claim(all.slot("acme", "0")))
                .flatExtracting(ClaimedPart::messages)
                .hasSize(7000);
    }
}
