// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.smsprocess.account.AccountDirectory;
import org.smsprocess.cluster.RemoteTraffic;
import org.smsprocess.connection.ConnectionBoard;
import org.smsprocess.connection.ConnectionView;
import org.smsprocess.connection.ConnectionView.State;
import org.smsprocess.connection.MessageBudget;
import org.smsprocess.connection.requests.RequestTally;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.metrics.Row;
import org.smsprocess.metrics.SmsMetrics;
import org.smsprocess.store.Database;
import org.smsprocess.store.SqlLane;

/** What is looked up at each scrape: connections, database, intake. */
final class NodeMeters {
    private NodeMeters() {}

    /** @param board of this node */
    static void bind(
            SmsMetrics metrics,
            ConnectionBoard board,
            Database database,
            PostgresIntake intake,
            MessageBudget budget,
            RequestTally requests) {
        connections(metrics, board);
        metrics.gauges(
                "sms.database.waiting",
                "Work that waits for a connection of the pool",
                () -> lanes(database, SqlLane::waiting));
        metrics.gauges(
                "sms.database.active", "Connections of the pool at work", () -> lanes(database, SqlLane::active));
        metrics.counters(
                "sms.database.repeated",
                "Transactions repeated after a serialization failure or deadlock",
                () -> lanes(database, SqlLane::repeated));
        metrics.gauge(
                "sms.database.away",
                "1 while the database does not answer",
                () -> database.availability().isAway() ? 1 : 0);
        metrics.counters(
                "sms.requests",
                "CANCEL_SM and QUERY_SM by what came of them",
                () -> requests.snapshot().entrySet().stream()
                        .map(entry -> new Row(
                                Tags.of(
                                        "account",
                                        entry.getKey().account(),
                                        "result",
                                        entry.getKey().result().name().toLowerCase(Locale.ROOT)),
                                entry.getValue()))
                        .toList());
        metrics.gauge("sms.intake.waiting", "Messages that wait for their commit", intake::waitingMessages);
        metrics.gauge("sms.messages.held", "Messages held in memory, of max-waiting-messages", budget::used);
    }

    static void settings(SmsMetrics metrics, AccountDirectory accounts) {
        metrics.gauge(
                "sms.settings.problems",
                "Wrong settings in the files as they are now; what they concern stays as it was",
                () -> accounts.problems().size());
    }

    static void remote(SmsMetrics metrics, RemoteTraffic traffic) {
        metrics.counters(
                "sms.cluster.messages", "Sent to other nodes, by what they are about", () -> kinds(traffic::messages));
        metrics.counters(
                "sms.cluster.octets", "Sent to other nodes, by what they are about", () -> kinds(traffic::octets));
    }

    private static List<Row> kinds(ToDoubleFunction<RemoteTraffic.Kind> value) {
        return Arrays.stream(RemoteTraffic.Kind.values())
                .map(kind -> new Row(Tags.of("kind", kind.name().toLowerCase(Locale.ROOT)), value.applyAsDouble(kind)))
                .toList();
    }

    private static void connections(SmsMetrics metrics, ConnectionBoard board) {
        metrics.gauges(
                "sms.connection.state",
                "1 for the state in which a slot is, 0 for the others",
                () -> board.connections().stream().flatMap(NodeMeters::states).toList());
        metrics.gauges(
                "sms.connection.window.used",
                "SUBMIT_SM without answer",
                () -> slots(board, ConnectionView::windowUsed));
        metrics.gauges(
                "sms.connection.window.size",
                "SUBMIT_SM without answer that are allowed",
                () -> slots(board, ConnectionView::windowSize));
        metrics.gauges(
                "sms.connection.latency.seconds",
                "SUBMIT_SM to SUBMIT_SM_RESP over the last dozens of answers; a connection sends window / latency at most",
                () -> slots(board, slot -> slot.latencyMillis() / 1000));
        metrics.gauges(
                "sms.connection.rate.limit",
                "SUBMIT_SM a second allowed now, 0: unlimited",
                () -> slots(board, ConnectionView::rateLimit));
        metrics.counters(
                "sms.connection.submitted", "SUBMIT_SM written", () -> slots(board, ConnectionView::submitted));
        metrics.counters(
                "sms.connection.answered", "SUBMIT_SM_RESP received", () -> slots(board, ConnectionView::answered));
        metrics.counters("sms.connection.received", "SR and MO received", () -> slots(board, ConnectionView::received));
        metrics.counters(
                "sms.connection.alerts", "ALERT_NOTIFICATION received", () -> slots(board, ConnectionView::alerts));
    }

    private static List<Row> slots(ConnectionBoard board, ToDoubleFunction<ConnectionView> value) {
        return board.connections().stream()
                .map(slot -> new Row(tags(slot), value.applyAsDouble(slot)))
                .toList();
    }

    private static Stream<Row> states(ConnectionView slot) {
        return Arrays.stream(State.values()).map(state -> {
            String name = state.name().toLowerCase(Locale.ROOT);
            return new Row(tags(slot).and("state", name), slot.state() == state ? 1 : 0);
        });
    }

    private static Tags tags(ConnectionView slot) {
        return Tags.of("account", slot.account(), "slot", slot.slot());
    }

    private static List<Row> lanes(Database database, ToDoubleFunction<SqlLane> value) {
        return Stream.of(database.traffic(), database.queries())
                .map(lane -> new Row(Tags.of("lane", lane.name()), value.applyAsDouble(lane)))
                .toList();
    }
}
