// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smsprocess.smpp.BindMode;

/**
 * Who may bind, and how often.
 *
 * @param credentials empty: everybody
 * @param maxPerSystemId binds held at the same time by one system_id, 0: no limit
 * @param overLimitStatus command_status of the bind beyond that limit
 */
public record BindSettings(
        List<Credentials> credentials, Set<BindMode> modes, int maxPerSystemId, int overLimitStatus) {

    /** One login; fields as in bind_transmitter (SMPP 3.4 §4.1.1). */
    public record Credentials(String systemId, String password) {
        static Credentials from(Section section) {
            section.knows("system-id", "password");
            return new Credentials(section.text("system-id", 0, 15), section.text("password", 0, 8));
        }

        @Override
        public String toString() {
            return "Credentials[systemId=" + systemId + "]";
        }
    }

    public BindSettings {
        credentials = List.copyOf(credentials);
        modes = Set.copyOf(modes);
    }

    static BindSettings from(Section section) {
        section.knows("credentials", "modes", "max-per-system-id", "over-limit-status");
        return new BindSettings(
                section.items("credentials", Credentials::from),
                section.someOf("modes", BindMode.class),
                section.integer("max-per-system-id", 0, 1_000_000),
                section.integer("over-limit-status", 1, Integer.MAX_VALUE));
    }

    boolean isOpen() {
        return credentials.isEmpty();
    }

    Optional<Credentials> of(String systemId) {
        return credentials.stream()
                .filter(login -> login.systemId().equals(systemId))
                .findFirst();
    }
}
