// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * How DELIVER_SM (SR and MO) are handed over: each until it is answered with ESME_ROK.
 *
 * @param window unanswered deliver_sm per connection
 * @param timeout without an answer for so long, it is sent again
 * @param retryDelay between a negative answer (or none) and the next try
 * @param maxAttempts 0: for ever
 */
public record DeliverSettings(int window, Duration timeout, Duration retryDelay, int maxAttempts) {

    static DeliverSettings from(Section section) {
        return new DeliverSettings(
                section.integer("window", 1, 100_000),
                section.duration("timeout", Duration.ZERO, SimulatorSettings.LONGEST),
                section.duration("retry-delay", Duration.ZERO, SimulatorSettings.LONGEST),
                section.integer("max-attempts", 0, Integer.MAX_VALUE));
    }
}
