// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;
import org.smsprocess.spec.SubmittedSm;
import org.smsprocess.store.TestDatabase;

/** Settings that change while the SMSC has not answered the bind yet: nothing is lost, nothing fails. */
class ReloadWhileBindingIT {
    private static final int REFUSED = 0x0D;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    private RawSmsc smsc;
    private FileNode node;
    private CapturedLog log;

    @BeforeEach
    void start() {
        log = new CapturedLog("org.smsprocess.connection");
        smsc = new RawSmsc();
        node = new FileNode(DB, directory, "connection.drain-timeout = 10ms", account(""));
    }

    @AfterEach
    void stop() {
        log.close();
        smsc.close();
    }

    @Test
    void whatNeedsNoNewBindHoldsOnceItIsThere() throws Exception {
        RawSession session = smsc.accept();
        ReceivedPdu bind = session.read(RawPdu.BIND_TRANSCEIVER);
        node.reload(account("source-number = \"777\""));
        answer(session, bind, 0);

        node.submit("acme", "hello", "");

        assertThat(SubmittedSm.of(session.read(RawPdu.SUBMIT_SM), "1").field("source_addr"))
                .isEqualTo("777");
        end(session);
    }

    /** By bind-timeout, and by reconnect-delay, it would take a minute. */
    @Test
    void whatNeedsOneGivesTheOldOneUpAndBindsAnewAtOnce() throws Exception {
        RawSession session = smsc.accept();
        session.read(RawPdu.BIND_TRANSCEIVER);
        node.reload(account("system-type = VMA"));
        assertThat(session.isClosed()).isTrue();

        RawSession again = smsc.accept();
        ReceivedPdu second = again.read(RawPdu.BIND_TRANSCEIVER);
        answer(again, second, 0);
        assertThat(second.cString() + second.cString() + second.cString()).isEqualTo("VMA");
        end(again);
    }

    /** Whoever stops a node would wait for bind-timeout, or kill it. */
    @Test
    void aNodeThatEndsDoesNotWaitForAnAnswerToItsBind() throws Exception {
        RawSession session = smsc.accept();
        session.read(RawPdu.BIND_TRANSCEIVER);

        CompletableFuture.runAsync(node::close).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(session.isClosed()).isTrue();
        assertThat(log.lines).noneMatch(line -> line.contains("the session failed"));
    }

    private void end(RawSession session) throws Exception {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(node::close);
        answer(session, session.read(RawPdu.UNBIND), 0);
        ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(log.lines).noneMatch(line -> line.contains("the session failed"));
    }

    private static void answer(RawSession session, ReceivedPdu request, int status) {
        RawPdu answer = RawPdu.response(request.commandId(), status, request.sequenceNumber());
        boolean isBound = request.commandId() == RawPdu.BIND_TRANSCEIVER && status == 0;
        session.send(isBound ? answer.cString("system_id", "raw") : answer);
    }

    private String account(String line) {
        return """
                acme {
                  host = 127.0.0.1, port = %d, source-number = "1234", reconnect-delay = 60s, reconnect-max-delay = 60s
                  %s
                }
                """.formatted(smsc.port(), line);
    }
}
