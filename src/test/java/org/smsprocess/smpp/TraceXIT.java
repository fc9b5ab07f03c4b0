// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.smpp.LinkFixture.submit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.spec.RawPdu;

/** What verbose-traces and verbose-text put into the log. */
class TraceXIT {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("org.smsprocess.trace");
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };
    private final LinkFixture fixture = new LinkFixture();

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void close() {
        fixture.close();
        log.detachAppender(appender);
    }

    @Test
    void everyPduIsThereWithoutPasswordAndText() {
        fixture.verboseTraces = true;
        exchange();

        await().untilAsserted(() -> assertThat(lines).hasSize(6));
        assertThat(lines.get(0))
                .startsWith("INFO test/0/0 sent bind_transceiver ")
                .contains("password=***");
        assertThat(lines.get(1)).startsWith("INFO test/0/0 received bind_transceiver_resp ");
        assertThat(lines.get(2)).startsWith("INFO test/0/0 sent submit_sm ").contains("destination_addr=\"49171\"");
        assertThat(lines.get(3))
                .startsWith("INFO test/0/0 received submit_sm_resp ")
                .contains("message_id=\"id\"");
        assertThat(lines.get(4)).startsWith("INFO test/0/0 received enquire_link ");
        assertThat(lines.get(5))
                .startsWith("INFO test/0/0 sent enquire_link_resp ")
                .contains(" | 00000010 80000015 ");
        assertThat(lines).noneMatch(line -> line.contains("secret12")).noneMatch(line -> line.contains("text 1"));
    }

    @Test
    void textIsThereWhenAskedForAndThePasswordIsNot() {
        fixture.verboseTraces = true;
        fixture.verboseText = true;
        exchange();

        assertThat(lines).anyMatch(line -> line.contains("short_message=\"text 1\""));
        assertThat(lines).noneMatch(line -> line.contains("secret12"));
    }

    @Test
    void nothingIsThereWithoutVerboseTraces() {
        exchange();

        assertThat(lines).isEmpty();
    }

    private void exchange() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int sequenceNumber = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        bound.session().send(RawPdu.submitSmResp(sequenceNumber, "id"), RawPdu.request(RawPdu.ENQUIRE_LINK, 1));
        bound.session().read(RawPdu.ENQUIRE_LINK | RawPdu.RESP);
        fixture.listener.nextOutcome();
    }
}
