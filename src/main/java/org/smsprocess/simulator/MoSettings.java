// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.List;

/**
 * The MO generator.
 *
 * @param rate MO per second in total, 0: none
 * @param count stops after so many, 0: never
 * @param sourcePrefix source_addr is this followed by a number of six digits, below {@code sources}
 * @param systemId who gets them; empty: everybody who has a receiver, in turn
 */
public record MoSettings(
        double rate,
        long count,
        String sourcePrefix,
        int sources,
        String destination,
        String systemId,
        List<String> texts) {

    public MoSettings {
        texts = List.copyOf(texts);
    }

    static MoSettings from(Section section) {
        section.knows("rate", "count", "source-prefix", "sources", "destination", "system-id", "texts");
        MoSettings settings = new MoSettings(
                section.decimal("rate", 0, 100_000),
                section.number("count", 0, Long.MAX_VALUE),
                section.text("source-prefix", 0, 14),
                section.integer("sources", 1, 1_000_000),
                section.text("destination", 0, 20),
                section.text("system-id", 0, 15),
                section.texts("texts"));
        if (settings.texts().isEmpty()) {
            throw section.bad("texts", "needs at least one text");
        }
        return settings;
    }
}
