// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import org.smsprocess.settings.Section;

/**
 * What is remembered of the messages received.
 *
 * @param keepMessages whether each SUBMIT_SM is kept with its text (about 300 bytes each), not only counted
 * @param maxKept the oldest go when there are more
 * @param maxStates messages whose state query_sm can ask for; the oldest go when there are more
 * @param maxIncomplete multipart messages that may wait for parts; the oldest go when there are more
 */
public record RecordSettings(boolean keepMessages, int maxKept, int maxStates, int maxIncomplete) {

    static RecordSettings from(Section section) {
        return new RecordSettings(
                section.flag("keep-messages"),
                section.integer("max-kept", 1, 100_000_000),
                section.integer("max-states", 0, 10_000_000),
                section.integer("max-incomplete", 1, 10_000_000));
    }
}
