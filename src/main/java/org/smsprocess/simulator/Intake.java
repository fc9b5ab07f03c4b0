// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.CommandStatus;

/** Decides about each submit_sm: refuse or accept, when to answer, what SR follows. Confined to the simulator's thread. */
final class Intake {
    private final Smsc smsc;
    private final SubmitSettings submits;
    private final SrSettings sr;
    private final long latency;
    private final long latencyJitter;
    private final long srDelay;
    private final long srJitter;
    private final FinalState onlyState;
    private final double[] upTo;

    Intake(Smsc smsc) {
        this.smsc = smsc;
        submits = smsc.settings().submit();
        sr = smsc.settings().sr();
        latency = submits.latency().toNanos();
        latencyJitter = submits.latencyJitter().toNanos();
        srDelay = sr.delay().toNanos();
        srJitter = sr.jitter().toNanos();
        onlyState = sr.states().get(0).state();
        upTo = new double[sr.states().size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += sr.states().get(i).weight();
            upTo[i] = sum;
        }
    }

    void submit(EsmeSession session, Esme esme, SubmitSm submit, int sequence) {
        NumberRule rule = ruleFor(submit);
        int status = refusal(session, esme, submit, rule);
        if (status != CommandStatus.ESME_ROK) {
            esme.traffic.refused(status);
            answer(session, sequence, status, 0, answerDelay());
            return;
        }
        long now = smsc.now();
        session.accepted.add(now);
        esme.accepted.add(now);
        esme.traffic.accepted++;
        long id = smsc.ids().next();
        smsc.book().accepted(submit, session, smsc.ids(), id);
        if (!wantsSr(submit)) {
            answer(session, sequence, CommandStatus.ESME_ROK, id, answerDelay());
            return;
        }
        FinalState state = rule != null && rule.finalState() != null ? rule.finalState() : drawState();
        long answerDelay = answerDelay();
        if (draw(sr.beforeAnswer())) {
            sendSr(esme, submit, id, state, 0);
            answer(
                    session,
                    sequence,
                    CommandStatus.ESME_ROK,
                    id,
                    answerDelay + sr.beforeAnswerBy().toNanos());
            return;
        }
        answer(session, sequence, CommandStatus.ESME_ROK, id, answerDelay);
        long delay = answerDelay + srDelay + spread(srJitter);
        if (draw(sr.intermediate())) {
            sendSr(esme, submit, id, ENROUTE, answerDelay + (delay - answerDelay) / 2);
        }
        if ((submit.registeredDelivery & 3) == 1 || state.state() != MessageState.DELIVRD) {
            sendSr(esme, submit, id, state, delay);
        }
    }

    private static final FinalState ENROUTE = FinalState.of(MessageState.ENROUTE, "000");

    private int refusal(EsmeSession session, Esme esme, SubmitSm submit, @Nullable NumberRule rule) {
        if (submits.window() > 0 && session.unanswered() > submits.window()) {
            return submits.windowStatus();
        }
        long now = smsc.now();
        if (submits.maxPerConnection() > 0 && session.accepted.inLastSecond(now) >= submits.maxPerConnection()
                || submits.maxPerSystemId() > 0 && esme.accepted.inLastSecond(now) >= submits.maxPerSystemId()) {
            return submits.rateStatus();
        }
        if (rule != null && rule.submitStatus() != 0) {
            smsc.book().refusedByRule().add(submit);
            return rule.submitStatus();
        }
        return wantsSr(submit) && smsc.isSrStoreFull() ? CommandStatus.ESME_RMSGQFUL : CommandStatus.ESME_ROK;
    }

    private @Nullable NumberRule ruleFor(SubmitSm submit) {
        List<NumberRule> rules = smsc.settings().rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(submit.octets, submit.digitsAt(), submit.digitsLength())) {
                return rules.get(i);
            }
        }
        return null;
    }

    /** registered_delivery bits 1-0: 01 always, 10 on failure (SMPP 3.4 §5.2.17). */
    private boolean wantsSr(SubmitSm submit) {
        return sr.enabled() && (submit.registeredDelivery & 3) != 0;
    }

    private void answer(EsmeSession session, int sequence, int status, long id, long delay) {
        if (delay == 0) {
            session.answerSubmit(sequence, status, id);
        } else {
            smsc.later(new Answer(session, sequence, status, id), delay);
        }
    }

    private void sendSr(Esme esme, SubmitSm submit, long id, FinalState state, long delay) {
        SrDelivery delivery = new SrDelivery(smsc, esme, submit, id, state);
        smsc.srMade();
        esme.traffic.sr.made++;
        esme.traffic.sr.pending++;
        if (delay == 0) {
            delivery.fire();
        } else {
            smsc.later(delivery, delay);
        }
    }

    private long answerDelay() {
        return latency + spread(latencyJitter);
    }

    private long spread(long nanos) {
        return nanos == 0 ? 0 : smsc.random().nextLong(nanos);
    }

    private boolean draw(double share) {
        return share > 0 && smsc.random().nextDouble() < share;
    }

    private FinalState drawState() {
        if (upTo.length == 1) {
            return onlyState;
        }
        double at = smsc.random().nextDouble(upTo[upTo.length - 1]);
        int index = 0;
        while (at >= upTo[index]) {
            index++;
        }
        return sr.states().get(index).state();
    }

    /** A submit_sm_resp that waits for its time. */
    private static final class Answer extends Timed {
        private final EsmeSession session;
        private final int sequence;
        private final int status;
        private final long id;

        Answer(EsmeSession session, int sequence, int status, long id) {
            this.session = session;
            this.sequence = sequence;
            this.status = status;
            this.id = id;
        }

        @Override
        void fire() {
            session.answerSubmit(sequence, status, id);
        }
    }
}
