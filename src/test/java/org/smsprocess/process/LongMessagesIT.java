// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.spec.ServedSmsc;

/** A message of three parts of which the SMSC accepts some and puts others off: none reaches the handset twice. */
class LongMessagesIT extends NodeFixture {
    private static final String THREE_PARTS = "a".repeat(400);
    private static final int ESME_RSYSERR = 0x08;
    private static final int ESME_RINVDSTADR = 0x0B;

    @BeforeAll
    static void startNode() {
        start("part-retry-delay = 0s, poll-period = 100ms", """
                acme {
                  host = "127.0.0.1", port = %d, system-id = acme, child-connections = 1
                  source-number = "1234", reconnect-delay = 200ms, in-doubt-wait = 500ms
                }""".formatted(smsc.port()));
    }

    @Test
    void partOneLeavesLastAndAllPartsShareTheReference() {
        long id = node.submit("acme", THREE_PARTS, "");

        List<String> headers = List.of(header(), header(), header());

        String reference = headers.get(0).substring(6, 8);
        assertThat(headers)
                .containsExactly(
                        "050003" + reference + "0303", "050003" + reference + "0302", "050003" + reference + "0301");
        awaitStatus(id, "sent");
    }

    @Test
    void onlyThePartThatWasPutOffIsSentAgain() {
        smsc.answerNext(0, ESME_RSYSERR); // part 3, part 2
        long id = node.submit("acme", THREE_PARTS, "");

        List<String> headers = List.of(header(), header(), header(), header());

        assertThat(headers).extracting(header -> header.substring(10)).containsExactly("03", "02", "02", "01");
        assertThat(headers)
                .extracting(header -> header.substring(0, 10))
                .containsOnly(headers.get(0).substring(0, 10));
        awaitStatus(id, "sent");
        assertThat(smsc.submitted).isEmpty();
    }

    @Test
    void partOneIsNotWrittenWhenAnotherIsRefusedForGood() {
        smsc.answerNext(0, ESME_RINVDSTADR);
        long id = node.submit("acme", THREE_PARTS, "");

        awaitStatus(id, "failed");

        assertThat(List.of(header(), header()))
                .extracting(header -> header.substring(10))
                .containsExactly("03", "02");
        assertThat(smsc.submitted).isEmpty();
    }

    @Test
    void afterALostSessionOnlyWhatHadNoAnswerIsSentAgainAndMarked() {
        smsc.answerNext(0, 0, ServedSmsc.NO_ANSWER);
        long id = node.submit("acme", THREE_PARTS, "");
        assertThat(List.of(header(), header()))
                .extracting(header -> header.substring(10))
                .containsExactly("03", "02");
        String first = header();
        smsc.drop();

        String again = header();

        assertThat(again).isEqualTo(first).endsWith("01");
        awaitStatus(id, "sent");
        assertThat(DB.number("select resends from message where id = ?", id)).isEqualTo(1);
    }

    /** The UDH: element of 3 octets, reference, parts, part. */
    private static String header() {
        return smsc.take().field("short_message").substring(0, 12);
    }

    private static void awaitStatus(long id, String status) {
        await().atMost(FileNode.PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.message(id).path("status").asText()).isEqualTo(status));
    }
}
