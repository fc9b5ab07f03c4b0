// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.Problem;

/** Collects what is wrong with one request, up to a bound, so that its writer can mend all of it at once. Not threadsafe. */
public final class FieldErrors {
    private final int max;
    private final List<Problem.FieldError> errors = new ArrayList<>(4);

    public FieldErrors(int max) {
        this.max = max;
    }

    /**
     * Of one field only the first is kept: what was no text is not missing too.
     *
     * @param message null: nothing is wrong
     */
    public void add(String field, @Nullable String message) {
        if (message != null
                && errors.size() < max
                && errors.stream().noneMatch(known -> known.field().equals(field))) {
            errors.add(new Problem.FieldError(field, message));
        }
    }

    boolean isFull() {
        return errors.size() >= max;
    }

    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors).refusal();
        }
    }
}
