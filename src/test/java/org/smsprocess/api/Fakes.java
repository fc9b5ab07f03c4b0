// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.account.AccountSettings.Throughput;
import org.smsprocess.account.BindSettings;
import org.smsprocess.account.ChannelSettings;
import org.smsprocess.account.MoSettings;
import org.smsprocess.account.SrSettings;
import org.smsprocess.account.SrSettings.IdFormat;
import org.smsprocess.connection.ConnectionView;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.text.LongMessage;

/** Collaborators of the API that live in memory, with an account "acme" and one connection of it. */
final class Fakes {
    final MemoryIntake intake = new MemoryIntake();
    final Map<String, String> checks = new ConcurrentHashMap<>(Map.of("database", Readiness.OK));

    ApiServices services() {
        return new ApiServices(
                intake,
                () -> Map.of("acme", account("acme")),
                () -> List.of(connection()),
                () -> checks,
                () -> "# TYPE sms_submitted counter\nsms_submitted_total 3.0\n");
    }

    static ConnectionView connection() {
        return new ConnectionView(
                "acme",
                "acme/1/1",
                "127.0.0.1:25520",
                ConnectionView.State.BOUND,
                Instant.parse("2026-01-31T08:00:00Z"),
                3,
                10,
                99.5,
                100,
                5,
                2,
                1,
                "SMSC closed the connection");
    }

    static AccountSettings account(String name) {
        return new AccountSettings(
                name,
                true,
                "Acme Telecom",
                new BindSettings("smsc.example", 2775, "esme1", "s3cret-passw0rd", "", 2, new SmppAddress(0, 0, "")),
                new ChannelSettings("ACME", "12345", 0, 0, 0, 0, "", List.of(), false, LongMessage.values()[0], false),
                new Throughput(
                        10,
                        100,
                        Duration.ofSeconds(10),
                        2.0,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        InDoubtPolicy.HOLD,
                        Duration.ofSeconds(60)),
                new SrSettings(
                        Pattern.compile("id:(.)"),
                        Pattern.compile("stat:(.)"),
                        Pattern.compile("^DELIV"),
                        Pattern.compile("^REJ"),
                        Pattern.compile("err:(.)"),
                        IdFormat.VERBATIM,
                        IdFormat.VERBATIM,
                        Duration.ofSeconds(30),
                        0,
                        false,
                        false),
                new MoSettings(true, Duration.ofSeconds(60), List.of()));
    }
}
