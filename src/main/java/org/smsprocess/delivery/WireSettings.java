// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request may set of the SUBMIT_SM beyond text, sender and priority.
 *
 * @param serviceId value of the account's service-id-tag
 * @param transmissionMode null: no TLV dest_addr_subunit
 * @param validUntil absolute validity_period, null: none
 * @param validFor relative validity_period, null: none; not both
 * @param tlvs optional parameters of every SUBMIT_SM; never null
 */
public record WireSettings(
        @Nullable String serviceId,
        @Nullable TransmissionMode transmissionMode,
        @Nullable Instant validUntil,
        @Nullable Duration validFor,
        List<TlvSetting> tlvs) {
    public static final WireSettings NONE = new WireSettings(null, null, null, null, List.of());

    public WireSettings {
        tlvs = List.copyOf(tlvs);
    }
}
