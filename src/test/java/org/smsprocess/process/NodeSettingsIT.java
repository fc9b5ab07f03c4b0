// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.api.http.Dispatch;

/** Settings that only a whole node shows: its start, its end, its pace, and what it says of itself in the database. */
class NodeSettingsIT extends OwnNodesFixture {
    @Test
    @Observes("start-timeout")
    void aNodeThatCannotReadTheStatesOfAccountsEnds() throws Exception {
        long begun = System.nanoTime();
        try (Connection blocker = DB.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table account_state in access exclusive mode");

            assertThatThrownBy(() -> node("start-timeout = 1s, datastore.close-timeout = 100ms", "")
                    .close());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(25));
    }

    /** Slots look at their account every 12 seconds, the webhook at its queue once an hour; the journal is written. */
    @Test
    @Observes({
        "accounts",
        "connection.slot-check-period",
        "datastore.idle-in-transaction-timeout",
        "mo.webhook.poll-period"
    })
    void whatIsLookedAtSeldomIsNotSeenSooner() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/mo", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        receiver.start();
        DB.execute("create table journal_session as select text '' as name, text '' as idle where false");
        DB.execute("create or replace function note_session() returns trigger language plpgsql as $$ begin"
                + " insert into journal_session values (current_setting('application_name'),"
                + " current_setting('idle_in_transaction_session_timeout')); return new; end $$");
        DB.execute("create trigger note before insert on event_journal for each row execute function note_session()");
        String webhook =
                "mo.webhook.url = \"http://127.0.0.1:" + receiver.getAddress().getPort() + "/mo\"";
        try (FileNode node = node("""
                connection.slot-check-period = 12s
                datastore.idle-in-transaction-timeout = 4321ms
                mo.webhook { poll-period = 1h, first-retry = 100ms }
                """, webhook)) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            smsc.sendMo("33600000002", "1234", "hello");
            node.messageWith(node.submit("acme", "hello", ""), "sent");
            await().atMost(PATIENCE).until(() -> calls.get() == 1);
            node.reload(account(webhook + ", enabled = false"));

            await().during(Duration.ofMillis(1500)).until(() -> smsc.bound() == 1 && calls.get() == 1);
            assertThat(DB.column("select distinct name || ' ' || idle from journal_session"))
                    .containsExactly("sms-process journal 4321ms");
        } finally {
            receiver.stop(0);
            DB.execute("drop trigger note on event_journal");
        }
    }

    /** By default it would be five seconds. */
    @Test
    @Observes("http.shutdown-timeout")
    void aRequestUnderWayHoldsTheEndUpForItsTime() throws Exception {
        FileNode node = node("http.shutdown-timeout = 1s", "enabled = false");
        CapturedLog log = new CapturedLog(Dispatch.class.getName());
        Duration held;
        try (log;
                Socket socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("""
                    POST /api/v1/messages HTTP/1.1\r
                    Host: a\r
                    Content-Type: application/json\r
                    Content-Length: 100\r
                    \r
                    {""".getBytes(US_ASCII));
            socket.getOutputStream().flush();
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            long begun = System.nanoTime();
            CompletableFuture<Void> ended = CompletableFuture.runAsync(node::close);
            readToEnd(socket);
            held = Duration.ofNanos(System.nanoTime() - begun);
            ended.join();
        }

        assertThat(held).isBetween(Duration.ofMillis(800), Duration.ofMillis(4500));
        assertThat(log.lines)
                .containsExactly("POST /api/v1/messages is cut off: the node ends, and http.shutdown-timeout is over");
    }

    private static void readToEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            // ended all the same
        }
    }

    /** A row says that a node lives at an address which takes connections and does not let anybody in. */
    @Test
    @Observes({"cluster.join-timeout", "cluster.heartbeat", "cluster.node-ttl"})
    void aNodeShowsItsPulseAndLooksAgainForAClusterThatDoesNotLetItIn() throws IOException {
        long ended;
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CapturedLog log = new CapturedLog("org.smsprocess.cluster")) {
            DB.execute(
                    "insert into cluster_node (incarnation, address, cluster, board, expires_at)"
                            + " values ('x', ?, 1, '', now() + interval '1 hour')",
                    "127.0.0.1:" + mute.getLocalPort());
            try (FileNode node = node("cluster { join-timeout = 1s, heartbeat = 200ms, node-ttl = 40s }", "")) {
                await().atMost(PATIENCE)
                        .until(() ->
                                log.lines.stream().anyMatch(line -> line.contains("has not let this node in for 1 s")));
                DB.execute("delete from cluster_node where incarnation = 'x'");
                await().atMost(PATIENCE).until(() -> smsc.bound() == 1);

                Set<Object> pulses = new HashSet<>();
                await().atMost(Duration.ofSeconds(5)).until(() -> {
                    pulses.addAll(DB.column("select expires_at from cluster_node"));
                    return pulses.size() > 4; // by default there are two or three
                });
                assertThat(DB.number(
                                "select extract(epoch from expires_at - clock_timestamp())::int from cluster_node"))
                        .isBetween(35L, 40L);
                ended = System.nanoTime();
            }
        }
        // the address above keeps remoting from ending, and must not keep the node
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(25));
    }
}
