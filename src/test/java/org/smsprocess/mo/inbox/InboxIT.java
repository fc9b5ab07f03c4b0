// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.mo.MoFixtures.deliver;
import static org.smsprocess.mo.MoFixtures.from;
import static org.smsprocess.mo.MoFixtures.octets;
import static org.smsprocess.mo.MoFixtures.part;
import static org.smsprocess.mo.MoFixtures.segment;
import static org.smsprocess.mo.MoFixtures.text;
import static org.smsprocess.mo.inbox.InboxWriter.Outcome.DUPLICATE;
import static org.smsprocess.mo.inbox.InboxWriter.Outcome.STORED;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.mo.MoFixtures;
import org.smsprocess.mo.MoProcessSettings;
import org.smsprocess.mo.composing.MoComposer;
import org.smsprocess.mo.parts.Group;
import org.smsprocess.mo.parts.MoEvent;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.store.TestDatabase;
import org.smsprocess.store.WorkSignal;

class InboxIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final MoComposer PLAIN = new MoComposer(TestAccounts.account("acme"));

    private static WorkSignal signal;

    private PostgresIntake intake;
    private BatchedInboxWriter writer;
    private Inbox inbox;

    @BeforeAll
    static void open() {
        signal = WorkSignal.open(DB.database());
    }

    @AfterAll
    static void close() {
        signal.close();
    }

    @BeforeEach
    void empty() {
        DB.execute("truncate inbox, mo_seen, quarantine, message, delivery, delivery_part");
        // of its own, since one remembers the delivery that small requests share
        intake = new PostgresIntake(DB.database(), signal, IntakeSettings.from(ConfigFactory.load()));
        writer = writer();
        inbox = new Inbox(DB.database());
    }

    @Test
    @Observes({"mo.tlvs.alias", "mo.tlvs.linked-sms", "short-code"})
    void storesAllThatIsKnownOfAnMo() {
        MoComposer composer = new MoComposer(TestAccounts.account(
                "acme",
                "short-code = 4711",
                "mo.tlvs.alias { tag = 0x1400, format = ascii }",
                "mo.tlvs.linked-sms { tag = 0x1401, format = uint16 }"));
        Inbound inbound = deliver(
                0x40,
                8,
                octets("0B 05 04 0B84 23F0 00 03 A7 02 03 00 48 20 AC"),
                new Tlv(0x1400, octets("41 42 00")),
                new Tlv(0x1401, octets("FF 01")));
        write(composer.single(segment(inbound), WINDOW));

        InboxMo mo = page(0, 10).get(0);

        assertThat(mo)
                .isEqualTo(new InboxMo(
                        mo.id(),
                        "acme",
                        "4912345",
                        "1234",
                        "H€",
                        "004820ac",
                        "0b05040b8423f00003a70203",
                        8,
                        1,
                        1,
                        true,
                        null,
                        Instant.ofEpochMilli(MoFixtures.NOON),
                        "65281",
                        "AB",
                        null,
                        "4711"));
    }

    @Test
    @Observes({"mo.tlvs.provider-id", "mo.tlvs.large-account"})
    void storesWhatTheProviderSaysOfItAndWhereItWasWrittenTo() {
        MoComposer composer = new MoComposer(TestAccounts.account(
                "acme",
                "short-code = 4711",
                "mo.tlvs.provider-id { tag = 0x1402, format = ascii }",
                "mo.tlvs.large-account { tag = 0x1403, format = ascii }"));
        Inbound inbound = deliver(
                0, 0, octets("48 69"), new Tlv(0x1402, octets("78 2D 31")), new Tlv(0x1403, octets("38 31 35")));
        write(composer.single(segment(inbound), WINDOW));

        assertThat(DB.column("select provider_id || ' ' || large_account from inbox"))
                .containsExactly("x-1 815");
    }

    @Test
    void keepsBinaryContentAsItIs() {
        write(PLAIN.single(segment(deliver(0, 4, octets("00 FF 80 00"))), WINDOW));

        assertThat(page(0, 10)).singleElement().satisfies(mo -> {
            assertThat(mo.octets()).isEqualTo("00ff8000");
            assertThat(mo.text()).isNull();
            assertThat(mo.remarks()).contains("binary");
        });
    }

    /** O13. */
    @Test
    void storesOnceWhatComesTwice() {
        NewMo mo = PLAIN.single(segment(text("yes")), WINDOW);

        assertThat(write(mo, mo)).containsExactly(STORED, DUPLICATE);
        assertThat(write(mo)).containsExactly(DUPLICATE);
        assertThat(page(0, 10)).hasSize(1);
    }

    /** O13: what differs in sender or content is another one. */
    @Test
    void storesWhatIsNotTheSame() {
        assertThat(write(
                        PLAIN.single(segment(text("yes")), WINDOW),
                        PLAIN.single(segment(text("no")), WINDOW),
                        PLAIN.single(segment(from("4999", "yes")), WINDOW),
                        PLAIN.single(segment(deliver(0, 0, octets("796573"), new Tlv(0x1400, octets("01")))), WINDOW)))
                .containsOnly(STORED);
    }

    /** O13. */
    @Test
    void storesTheSameAgainAfterTheWindow() {
        NewMo mo = PLAIN.single(segment(text("yes")), WINDOW);
        write(mo);
        DB.execute("update mo_seen set until = now() - interval '1 second'");

        assertThat(write(mo)).containsExactly(STORED);
    }

    @Test
    void storesEverythingWithoutAWindow() {
        NewMo mo = PLAIN.single(segment(text("yes")), Duration.ZERO);

        assertThat(write(mo, mo)).containsExactly(STORED, STORED);
        assertThat(DB.number("select count(*) from mo_seen")).isZero();
    }

    @Test
    void twoNodesStoreTheSameOnce() {
        List<CompletableFuture<List<InboxWriter.Outcome>>> all = new ArrayList<>();
        BatchedInboxWriter other = writer();
        for (int i = 0; i < 50; i++) {
            List<NewMo> news =
                    List.of(PLAIN.single(segment(text("a" + i)), WINDOW), PLAIN.single(segment(text("b" + i)), WINDOW));
            List<NewMo> reversed = List.of(news.get(1), news.get(0));
            all.add(writer.write(news).toCompletableFuture());
            all.add(other.write(reversed).toCompletableFuture());
        }
        all.forEach(InboxIT::get);

        assertThat(DB.number("select count(*) from inbox")).isEqualTo(100);
    }

    /** Ids are seen in their order, whoever writes: a reader that goes on from the last one misses none. */
    @Test
    void pagesMissNothingWhileNodesWrite() {
        BatchedInboxWriter other = writer();
        List<CompletableFuture<?>> all = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            BatchedInboxWriter one = i % 2 == 0 ? writer : other;
            all.add(one.write(List.of(PLAIN.single(segment(text("mo " + i)), WINDOW)))
                    .toCompletableFuture());
            follow(seen);
        }
        all.forEach(InboxIT::get);
        follow(seen);

        assertThat(seen).hasSize(300).isSorted();
    }

    @Test
    void pagesKeepToTheirAccount() {
        write(PLAIN.single(segment(text("mine")), WINDOW));
        write(new MoComposer(TestAccounts.account("other")).single(segment(text("theirs")), WINDOW));

        assertThat(page(0, 10)).extracting(InboxMo::text).containsExactly("mine");
    }

    @Test
    @Observes({"mo.store", "mo.reply"})
    void withoutStoreOnlyRulesAreApplied() {
        MoComposer composer = new MoComposer(
                TestAccounts.account("acme", "mo.store = false", "mo.reply = [ { keyword = hi, reply = hello } ]"));
        NewMo mo = composer.single(segment(text("hi")), WINDOW);

        assertThat(write(mo)).containsExactly(STORED);
        assertThat(write(mo)).containsExactly(DUPLICATE);
        assertThat(page(0, 10)).isEmpty();
        assertThat(DB.column("select body from message")).containsExactly("hello");
    }

    @Test
    @Observes("mo.reply")
    void repliesOnceAndNeverAsksForAnSr() {
        MoComposer composer = new MoComposer(
                TestAccounts.account("acme", "mo.reply = [ { keyword = info, reply = \"It is noon.\" } ]"));
        NewMo mo = composer.single(segment(text("INFO please")), WINDOW);
        write(mo, mo);
        write(mo);

        assertThat(DB.column("select account || ' ' || recipient || ' ' || sender || ' ' || body from message"))
                .containsExactly("acme 4912345 1234 It is noon.");
        assertThat(DB.column("select settings ->> 'statusReport' from delivery"))
                .containsExactly("false");
        assertThat(DB.number("select count(*) from delivery_part where account = 'acme' and owner is null"))
                .isEqualTo(1);
    }

    @Test
    void repliesAndMoAreThereTogetherOrNotAtAll() {
        MoComposer composer =
                new MoComposer(TestAccounts.account("acme", "mo.reply = [ { reply = hello, action = quarantine } ]"));
        DB.execute("alter table inbox rename to inbox_away");
        CompletableFuture<List<InboxWriter.Outcome>> failed = writer.write(
                        List.of(composer.single(segment(text("hi")), WINDOW)))
                .toCompletableFuture();
        assertThat(failed).failsWithin(30, TimeUnit.SECONDS);
        DB.execute("alter table inbox_away rename to inbox");

        assertThat(DB.number("select count(*) from message")).isZero();
        assertThat(DB.number("select count(*) from quarantine")).isZero();
        assertThat(write(composer.single(segment(text("hi")), WINDOW))).containsExactly(STORED);
        assertThat(DB.number("select count(*) from message")).isEqualTo(1);
    }

    @Test
    @Observes({"mo.reply", "short-code"})
    void actionsChangeTheQuarantineInTheirOrder() {
        MoComposer composer = new MoComposer(TestAccounts.account(
                "acme",
                "short-code = 4711",
                "mo.reply = [ { keyword = stop, action = quarantine }, { keyword = start, action = unquarantine } ]"));
        write(
                composer.single(segment(from("491", "stop")), WINDOW),
                composer.single(segment(from("492", "start")), WINDOW),
                composer.single(segment(from("492", "stop")), WINDOW),
                composer.single(segment(from("493", "stop")), WINDOW),
                composer.single(segment(from("493", "start again")), WINDOW));

        assertThat(DB.column("select short_code || ' ' || number from quarantine order by number"))
                .containsExactly("4711 +491", "4711 +492");
    }

    @Test
    void quarantineIsPerShortCode() {
        Quarantine quarantine = new Quarantine(DB.database());
        get(quarantine.add(List.of(addition("1", "+491", "test"), addition("1", "+492", "test"))));
        get(quarantine.add(List.of(addition("1", "491", "again"))));
        get(quarantine.remove(List.of(new Quarantine.Entry("1", "492"), new Quarantine.Entry("2", "491"))));

        assertThat(DB.column("select short_code || ' ' || number || ' ' || reason from quarantine"))
                .containsExactly("1 +491 test");
    }

    @Test
    void aNameIsNotTheNumberOfItsDigits() {
        Quarantine quarantine = new Quarantine(DB.database());
        get(quarantine.add(List.of(addition("1", "SHOP24", "MO"), addition("1", "+24", "letter"))));
        get(quarantine.add(List.of(addition("1", "24BANK", "MO"))));
        get(quarantine.remove(List.of(new Quarantine.Entry("1", "24 SHOP"), new Quarantine.Entry("1", "24"))));

        assertThat(DB.column("select digits || ' ' || number from quarantine order by digits"))
                .containsExactly("24BANK 24BANK", "SHOP24 SHOP24");
        assertThat(get(quarantine.page("1", "SHOP24", Quarantine.Position.START, 10)))
                .hasSize(1);
    }

    /** What migration V503 does with what earlier versions wrote. */
    @Test
    void namesThatStoodUnderTheirDigitsStandUnderThemselves() throws IOException {
        DB.execute("insert into quarantine (short_code, digits, number, reason) values ('1', '24', 'SHOP24', 'MO'),"
                + " ('1', '25', '+25', 'letter'), ('1', 'X', 'X', 'MO')");
        try (InputStream migration = InboxIT.class.getResourceAsStream("/db/migration/V503__quarantine_names.sql")) {
            DB.execute(new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8));
        }

        assertThat(DB.column("select digits || ' ' || number from quarantine order by digits"))
                .containsExactly("25 +25", "SHOP24 SHOP24", "X X");
    }

    private static Quarantine.Addition addition(String shortCode, String number, String reason) {
        return new Quarantine.Addition(new Quarantine.Entry(shortCode, number), reason);
    }

    @Test
    void storesAGroupOnceAlthoughItIsWrittenAgainAfterACrash() {
        Reassembly state = new Reassembly();
        Reassembly.Bounds bounds = new Reassembly.Bounds(10, 10, 1000);
        List<Segment> parts = List.of(segment(part(5, 2, 1, "a")), segment(part(5, 2, 2, "b")));
        state.apply(new MoEvent.PartsReceived(MoFixtures.NOON, parts), bounds);
        Group group = state.ready().iterator().next();

        assertThat(write(PLAIN.group(group))).containsExactly(STORED);
        assertThat(write(PLAIN.group(group))).containsExactly(DUPLICATE);
        assertThat(page(0, 10)).singleElement().satisfies(mo -> {
            assertThat(mo.text()).isEqualTo("ab");
            assertThat(mo.parts()).isEqualTo(2);
        });
    }

    @Test
    void deletesWhatIsOld() {
        write(PLAIN.single(segment(text("old")), WINDOW));
        DB.execute("update inbox set stored_at = now() - interval '2 days'");
        DB.execute("update mo_seen set until = now() - interval '1 second'");
        write(PLAIN.single(segment(text("new")), WINDOW));

        get(new InboxCleaner(DB.database(), Duration.ofDays(1)).clean());

        assertThat(page(0, 10)).extracting(InboxMo::text).containsExactly("new");
        assertThat(DB.number("select count(*) from mo_seen")).isEqualTo(1);
    }

    @Test
    void keepsTheInboxForEverIfToldSo() {
        write(PLAIN.single(segment(text("old")), WINDOW));
        DB.execute("update inbox set stored_at = now() - interval '20 years'");

        get(new InboxCleaner(DB.database(), Duration.ZERO).clean());

        assertThat(page(0, 10)).hasSize(1);
    }

    @ParameterizedTest
    @Observes("mo.batch-size")
    @CsvSource({"2, 4", "1000, 2"})
    void aTransactionTakesWhatWaitsUpToTheBatch(int size, int transactions) throws SQLException {
        writer = writer(MoProcessSettings.from(
                        ConfigFactory.load(ConfigFactory.parseString("sms-process.mo.batch-size = " + size)))
                .batchSize());
        List<CompletionStage<List<InboxWriter.Outcome>>> stages = new ArrayList<>();
        try (Connection blocker = DB.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table inbox in exclusive mode");
            for (int i = 0; i < 6; i++) { // the first alone: the others wait for its transaction
                stages.add(writer.write(List.of(PLAIN.single(segment(text("mo " + i)), WINDOW))));
            }
            blocker.rollback();
        }
        stages.forEach(InboxIT::get);

        assertThat(DB.number("select count(distinct xmin::text) from inbox")).isEqualTo(transactions);
    }

    private void follow(List<Long> seen) {
        long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        page(after, 1000).forEach(mo -> seen.add(mo.id()));
    }

    private List<InboxWriter.Outcome> write(NewMo... news) {
        return get(writer.write(List.of(news)));
    }

    private List<InboxMo> page(long after, int limit) {
        return get(inbox.page("acme", after, limit));
    }

    private BatchedInboxWriter writer() {
        return writer(1000);
    }

    private BatchedInboxWriter writer(int batchSize) {
        return new BatchedInboxWriter(
                DB.database(), intake, account -> {}, batchSize, new MoMetrics(new SimpleMeterRegistry()));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
