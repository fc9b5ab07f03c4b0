// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smsprocess.settings.Section;
import org.smsprocess.smpp.BindMode;

/**
 * Who may bind, and how often.
 *
 * @param credentials empty: everybody
 * @param maxPerSystemId binds held at the same time by one system_id, 0: no limit
 * @param overLimitStatus command_status of the bind beyond that limit
 * @param enquireLinkPeriod between two enquire_link that the simulator sends; zero: it sends none
 * @param enquireLinkTimeout a connection that does not answer one for so long is closed
 */
public record BindSettings(
        List<Credentials> credentials,
        Set<BindMode> modes,
        int maxPerSystemId,
        int overLimitStatus,
        Duration enquireLinkPeriod,
        Duration enquireLinkTimeout) {

    /** One login; fields as in bind_transmitter (SMPP 3.4 §4.1.1). */
    public record Credentials(String systemId, String password) {
        static Credentials from(Section section) {
            Credentials login = new Credentials(section.text("system-id", 15), section.secret("password", 8));
            section.noOtherKeys();
            return login;
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
        Set<BindMode> modes = EnumSet.noneOf(BindMode.class);
        for (BindMode mode : BindMode.values()) {
            if (section.flag(Word.of(mode))) {
                modes.add(mode);
            }
        }
        return new BindSettings(
                section.sections("credentials", 0).stream()
                        .map(Credentials::from)
                        .toList(),
                modes,
                section.integer("max-per-system-id", 0, 1_000_000),
                section.hexOrDecimal("over-limit-status", 1, Integer.MAX_VALUE),
                section.duration("enquire-link-period", Duration.ZERO, SimulatorSettings.LONGEST),
                section.duration("enquire-link-timeout", Duration.ofSeconds(1), SimulatorSettings.LONGEST));
    }

    public boolean isOpen() {
        return credentials.isEmpty();
    }

    public Optional<Credentials> of(String systemId) {
        return credentials.stream()
                .filter(login -> login.systemId().equals(systemId))
                .findFirst();
    }
}
