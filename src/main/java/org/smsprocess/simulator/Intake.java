// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.settings.FinalState;
import org.smsprocess.simulator.settings.MessageState;
import org.smsprocess.simulator.settings.NumberRule;
import org.smsprocess.simulator.settings.SrSettings;
import org.smsprocess.simulator.settings.SubmitSettings;
import org.smsprocess.smpp.CommandStatus;

/** Decides about each submit_sm: refuse or accept, when to answer, what SR follows. Confined to the simulator's thread. */
final class Intake {
    private static final FinalState ENROUTE = FinalState.of(MessageState.ENROUTE, "000");
    /** Turns a sequence_number into one that nobody waits for. */
    private static final int WRONG = 0x40000000;

    private final Smsc smsc;
    private final Faults faults;
    private final SubmitSettings submits;
    private final SrSettings sr;
    private final long latency;
    private final long latencyJitter;
    private final long srDelay;
    private final long srJitter;
    private final long beforeAnswerBy;
    private final FinalState onlyState;
    private final double[] upTo;

    Intake(Smsc smsc, Faults faults) {
        this.smsc = smsc;
        this.faults = faults;
        submits = smsc.settings().submit();
        sr = smsc.settings().sr();
        latency = submits.latency().toNanos();
        latencyJitter = submits.latencyJitter().toNanos();
        srDelay = sr.delay().toNanos();
        srJitter = sr.jitter().toNanos();
        beforeAnswerBy = sr.beforeAnswerBy().toNanos();
        onlyState = sr.states().get(0).state();
        upTo = new double[sr.states().size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += sr.states().get(i).weight();
            upTo[i] = sum;
        }
    }

    void submit(EsmeSession session, Esme esme, SubmitSm submit, int sequence) {
        Effect effect = faults.onSubmit(session);
        NumberRule rule = ruleFor(submit);
        int status = effect.status != 0 ? effect.status : refusal(session, esme, submit, rule);
        if (status == CommandStatus.ESME_ROK) {
            accept(session, esme, submit, sequence, rule, effect);
        } else {
            esme.traffic.refused(status);
            answer(session, sequence, status, 0, answerDelay(), effect);
        }
        if (effect.strike != null) {
            faults.strike(effect.strike, session);
        }
    }

    private void accept(
            EsmeSession session, Esme esme, SubmitSm submit, int sequence, @Nullable NumberRule rule, Effect effect) {
        long now = smsc.now();
        session.accepted.add(now);
        esme.accepted.add(now);
        if (smsc.arrivals().isMeasured()) {
            esme.surely.add(session.since(), now);
        }
        esme.traffic.accepted++;
        if (effect.silent || effect.wrongSequence) {
            esme.traffic.unanswered++;
        }
        long id = smsc.ids().next();
        smsc.book().accepted(submit, session, smsc.ids(), id);
        long answerDelay = answerDelay();
        boolean early = wantsSr(submit) && draw(sr.beforeAnswer());
        if (!early) {
            answer(session, sequence, CommandStatus.ESME_ROK, id, answerDelay, effect);
        }
        FinalState state = rule != null && rule.finalState() != null ? rule.finalState() : drawState();
        long delay = early ? 0 : answerDelay + srDelay + spread(srJitter);
        SrDelivery report = wantsSr(submit) ? plan(esme, submit, id, state, delay) : null;
        smsc.known().add(submit, id, state, report, now + delay);
        if (early) {
            answer(session, sequence, CommandStatus.ESME_ROK, id, answerDelay + beforeAnswerBy, effect);
        }
    }

    private @Nullable SrDelivery plan(Esme esme, SubmitSm submit, long id, FinalState state, long delay) {
        if (draw(sr.intermediate())) {
            sendSr(esme, submit, id, ENROUTE, delay / 2);
        }
        if ((submit.registeredDelivery & 3) == 1 || state.state() != MessageState.DELIVRD) {
            return sendSr(esme, submit, id, state, delay);
        }
        return null;
    }

    private int refusal(EsmeSession session, Esme esme, SubmitSm submit, @Nullable NumberRule rule) {
        if (submits.window() > 0 && session.line().unanswered() > submits.window()) {
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

    private void answer(EsmeSession session, int sequence, int status, long id, long delay, Effect effect) {
        if (delay == 0 && effect == Effect.NONE) {
            session.answerSubmit(sequence, status, id);
        } else if (effect.silent) {
            session.line().settle();
        } else {
            int written = effect.wrongSequence ? sequence ^ WRONG : sequence;
            Answer answer = new Answer(session, written, status, id, effect.nack, effect.twice);
            long total = delay + effect.delay;
            if (total == 0) {
                answer.fire();
            } else {
                smsc.later(answer, total);
            }
        }
    }

    private SrDelivery sendSr(Esme esme, SubmitSm submit, long id, FinalState state, long delay) {
        SrDelivery delivery = new SrDelivery(smsc, esme, submit, id, state);
        smsc.srMade();
        esme.traffic.sr.made++;
        esme.traffic.sr.pending++;
        if (delay == 0) {
            delivery.fire();
        } else {
            smsc.later(delivery, delay);
        }
        return delivery;
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

    /** A submit_sm_resp that waits for its time, or is not quite right. */
    private static final class Answer extends Timed {
        private final EsmeSession session;
        private final int sequence;
        private final int status;
        private final long id;
        private final int nack;
        private final boolean twice;

        Answer(EsmeSession session, int sequence, int status, long id, int nack, boolean twice) {
            this.session = session;
            this.sequence = sequence;
            this.status = status;
            this.id = id;
            this.nack = nack;
            this.twice = twice;
        }

        @Override
        void fire() {
            if (nack != CommandStatus.ESME_ROK) {
                session.nackSubmit(sequence, nack);
                return;
            }
            session.answerSubmit(sequence, status, id);
            if (twice && status == CommandStatus.ESME_ROK) {
                session.accept(sequence, id);
            }
        }
    }
}
