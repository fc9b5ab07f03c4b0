// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.util.List;
import org.smsprocess.settings.Section;

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
        return new MoSettings(
                section.decimal("rate", 0, 100_000),
                Math.round(section.decimal("count", 0, 1e15)),
                section.text("source-prefix", 14),
                section.integer("sources", 1, 1_000_000),
                section.text("destination", 20),
                section.text("system-id", 15),
                section.texts("texts", 1));
    }
}
