// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.connection.preparing.PreparedPart;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.sr.reading.StatusReport;

/** Writes each step of each message to the log {@code org.smsprocess.message} when log-per-message asks for it; never a text. */
final class MessageLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.smsprocess.message");

    private final String who;
    private final boolean isOn;

    private MessageLog(String who, boolean isOn) {
        this.who = who;
        this.isOn = isOn;
    }

    /** @param who the slot or account that the lines begin with */
    static MessageLog of(String who, ConnectionLimits limits) {
        return new MessageLog(who, limits.logPerMessage());
    }

    void claimed(ClaimedPart part) {
        if (isOn) {
            for (QueuedMt mt : part.messages()) {
                LOG.info("{} MT {} to {}: claimed with part {}", who, mt.id(), mt.recipient(), part.partId());
            }
        }
    }

    void prepared(PreparedPart part) {
        if (isOn) {
            for (Submit submit : part.submits()) {
                LOG.info(
                        "{} MT {} part {} of {}: prepared, data_coding {}, {} octets",
                        who,
                        submit.mtId(),
                        submit.part(),
                        submit.parts(),
                        submit.fields().dataCoding(),
                        submit.shortMessage().length);
            }
        }
    }

    void outcomes(List<SubmitOutcome> outcomes) {
        if (isOn) {
            for (SubmitOutcome outcome : outcomes) {
                Submit submit = outcome.submit();
                LOG.info(
                        "{} MT {} part {} of {}: {} {} id {}",
                        who,
                        submit.mtId(),
                        submit.part(),
                        submit.parts(),
                        outcome.kind(),
                        CommandStatus.hex(outcome.commandStatus()),
                        outcome.providerId());
            }
        }
    }

    void settled(List<Settlement> settlements) {
        if (isOn) {
            for (Settlement settlement : settlements) {
                LOG.info("{} MT {}: {} {}", who, settlement.mtId(), settlement.kind(), settlement.error());
            }
        }
    }

    void inbound(Inbound inbound, Optional<StatusReport> report) {
        if (isOn) {
            String from = inbound.source().number();
            String to = inbound.destination().number();
            report.ifPresentOrElse(
                    sr -> LOG.info("{} SR {} of {}: {} {}", who, sr.providerId(), from, sr.stat(), sr.err()),
                    () -> LOG.info("{} MO from {} to {}", who, from, to));
        }
    }
}
