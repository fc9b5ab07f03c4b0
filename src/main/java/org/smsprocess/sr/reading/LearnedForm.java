// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns in what form an account's SR write the ids of its MT ({@code id-format = auto}). Thread-safe; a reload starts anew. */
public final class LearnedForm {
    /** Matches in a row of one form, and of no other, that make it the only one. */
    static final int VOTES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LearnedForm.class);

    private final String account;
    private final AtomicReference<State> state = new AtomicReference<>(new State(Form.SAME, 0));

    LearnedForm(String account) {
        this.account = account;
    }

    private enum Form {
        SAME("as in SUBMIT_SM_RESP"),
        MT_HEX("decimal, SUBMIT_SM_RESP has hexadecimal"),
        MT_DECIMAL("hexadecimal, SUBMIT_SM_RESP has decimal");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        String mtIdOf(String srId) {
            return switch (this) {
                case SAME -> srId;
                case MT_HEX -> IdNormaliser.decimalToHex(srId);
                case MT_DECIMAL -> IdNormaliser.hexToDecimal(srId);
            };
        }
    }

    private record State(Form form, int votes) {
        State vote(Form matched) {
            return matched == form ? new State(form, votes + 1) : new State(matched, 1);
        }
    }

    /** The SR's id itself first, until another form is learned. */
    List<String> candidates(String srId) {
        State now = Objects.requireNonNull(state.get());
        if (now.votes >= VOTES) {
            return List.of(now.form.mtIdOf(srId));
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Form form : Form.values()) {
            ids.add(form.mtIdOf(srId));
        }
        return List.copyOf(ids);
    }

    /** @param form of {@link #formOf}; 0 says nothing */
    void vote(int form) {
        if (form < 1 || form > Form.values().length) {
            return;
        }
        Form matched = Form.values()[form - 1];
        State before = state.getAndUpdate(old -> old.votes >= VOTES ? old : old.vote(matched));
        if (before.votes == VOTES - 1 && before.form == matched) {
            LOG.info("{}: ids of SR are written {}", account, matched.words);
        }
    }

    /**
     * The form in which an SR's id was the MT's.
     *
     * @param srId first of {@link #candidates}
     * @return 0 when no form makes one of the other
     */
    public static int formOf(String srId, String mtId) {
        for (Form form : Form.values()) {
            if (form.mtIdOf(srId).equals(mtId)) {
                return form.ordinal() + 1;
            }
        }
        return 0;
    }
}
