// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.Optional;
import java.util.OptionalLong;
import org.smsprocess.smpp.Submit;
import org.smsprocess.sr.reading.MessageReference;
import org.smsprocess.sr.reading.ProviderKey;

/**
 * One accepted SUBMIT_SM: the key of the provider id it got, and the MT it belongs to. Or one in doubt: the key of its
 * {@link MessageReference}.
 *
 * @param key {@link ProviderKey#of} of the normalised provider id
 * @param part 1 to 255: only part 1's SR settles the MT; 0: by reference
 */
public record Mapping(long key, long mtId, int part) {
    private static final int BY_REFERENCE = 0;

    /** Of an MT that got into doubt; empty when its SR could not be told by the reference. */
    public static Optional<Mapping> inDoubt(Submit submit) {
        OptionalLong key = MessageReference.keyOf(submit);
        return key.isPresent() ? Optional.of(byReference(key.getAsLong(), submit.mtId())) : Optional.empty();
    }

    static Mapping byReference(long key, long mtId) {
        return new Mapping(key, mtId, BY_REFERENCE);
    }

    boolean isByReference() {
        return part == BY_REFERENCE;
    }
}
