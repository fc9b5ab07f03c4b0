// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import org.jspecify.annotations.Nullable;

/** The fields of a receipt's text that matter (SMPP 3.4 appendix B); null: not there. */
record ReceiptFields(
        @Nullable String id,
        @Nullable String stat,
        @Nullable String err) {
    static final ReceiptFields NONE = new ReceiptFields(null, null, null);

    boolean isComplete() {
        return id != null && stat != null && err != null;
    }

    /** What is missing here, from there. */
    ReceiptFields orElse(ReceiptFields there) {
        return new ReceiptFields(
                id != null ? id : there.id, stat != null ? stat : there.stat, err != null ? err : there.err);
    }

    /** How fields are found in a text. */
    @FunctionalInterface
    interface Finder {
        ReceiptFields find(String text);
    }
}
