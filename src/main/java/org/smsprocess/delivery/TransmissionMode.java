// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.util.Optional;

/** Where the handset puts a message: the TLV dest_addr_subunit (SMPP 3.4 §5.3.2.1). */
public enum TransmissionMode {
    NORMAL(0),
    FLASH(1),
    MOBILE(2),
    SIM(3);

    private final int subunit;

    TransmissionMode(int subunit) {
        this.subunit = subunit;
    }

    /** Value of dest_addr_subunit. */
    public int subunit() {
        return subunit;
    }

    /** @param name as requests write it, in any case */
    public static Optional<TransmissionMode> named(String name) {
        for (TransmissionMode mode : values()) {
            if (mode.name().equalsIgnoreCase(name)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
