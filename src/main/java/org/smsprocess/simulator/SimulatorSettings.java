// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;

/**
 * Everything that {@code sms-process-simulator { … }} says; the meaning of each key is in {@code reference.conf}.
 *
 * @param port SMPP port, 0: any free one
 * @param httpPort 0: any free one, {@link #NO_HTTP}: none
 * @param seed of everything random; 0: another one at each start
 */
public record SimulatorSettings(
        String host,
        int port,
        int httpPort,
        String systemId,
        long seed,
        BindSettings bind,
        SubmitSettings submit,
        MessageIdSettings messageId,
        SrSettings sr,
        DeliverSettings deliver,
        MoSettings mo,
        List<NumberRule> rules,
        List<FaultSettings> faults,
        RecordSettings record,
        FaultParser faultParser) {

    public static final int NO_HTTP = -1;
    private static final String PATH = "sms-process-simulator";

    /** Reads a fault as it may be asked for at run time, over {@code fault-defaults}. */
    @FunctionalInterface
    interface FaultParser {
        FaultSettings parse(String hocon);
    }

    public SimulatorSettings {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
    }

    /** @throws BadSetting naming key, file and line of the first value that cannot be accepted */
    public static SimulatorSettings from(Config root) {
        Section section = Section.of(root, PATH)
                .knows(
                        "host",
                        "port",
                        "http-port",
                        "system-id",
                        "seed",
                        "bind",
                        "submit",
                        "message-id",
                        "sr",
                        "deliver",
                        "mo",
                        "rules",
                        "faults",
                        "fault-defaults",
                        "record");
        return new SimulatorSettings(
                section.text("host", 1, 255),
                section.integer("port", 0, 65_535),
                httpPort(section),
                section.text("system-id", 0, 15),
                section.number("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                section.section("bind", BindSettings::from),
                section.section("submit", SubmitSettings::from),
                section.section("message-id", MessageIdSettings::from),
                section.section("sr", SrSettings::from),
                section.section("deliver", DeliverSettings::from),
                section.section("mo", MoSettings::from),
                section.items("rules", NumberRule::from),
                section.items("faults", "fault-defaults", FaultSettings::from),
                section.section("record", RecordSettings::from),
                hocon -> FaultSettings.parse(hocon, section));
    }

    /** {@code hocon} over the defaults, e.g. {@code "sms-process-simulator { port = 0, http-port = none }"}. */
    public static SimulatorSettings parse(String hocon) {
        return from(ConfigFactory.parseString(hocon)
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    }

    private static int httpPort(Section section) {
        return section.text("http-port", 1, 5).equals("none") ? NO_HTTP : section.integer("http-port", 0, 65_535);
    }
}
