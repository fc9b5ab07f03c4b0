// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.Section;
import org.smsprocess.settings.SettingsProblem;

/**
 * Everything that {@code sms-process-simulator { … }} says; the meaning of each key is in {@code reference.conf}.
 *
 * @param port SMPP port, 0: any free one
 * @param httpPort 0: any free one, {@link #NO_HTTP}: none
 * @param seed of everything random; 0: another one at each start
 * @param faultParser reads a fault as it may be asked for at run time, over {@code fault-defaults}
 */
public record SimulatorSettings(
        String host,
        int port,
        int httpPort,
        String systemId,
        int seed,
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
    static final Duration LONGEST = Duration.ofDays(30);
    private static final String PATH = "sms-process-simulator";
    private static final String FAULTS = "faults";
    private static final String FAULT_DEFAULTS = "fault-defaults";

    /** Reads one fault, in the words of the settings' list. */
    @FunctionalInterface
    public interface FaultParser {
        /** @throws InvalidSettings saying what is wrong with it */
        FaultSettings parse(String hocon);
    }

    public SimulatorSettings {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
    }

    /** @throws InvalidSettings naming key, file and line of each value that cannot be accepted */
    public static SimulatorSettings from(Config root) {
        List<SettingsProblem> problems = new ArrayList<>();
        Config config = root.getConfig(PATH);
        Config faultDefaults = config.getConfig(FAULT_DEFAULTS);
        Section section = Section.of(PATH, faultsOverDefaults(config, faultDefaults), problems);
        if (section.isSet(FAULT_DEFAULTS)) {
            Config harmless = ConfigFactory.parseString("kind = reset");
            FaultSettings.from(Section.of(PATH + "." + FAULT_DEFAULTS, harmless.withFallback(faultDefaults), problems));
        }
        SimulatorSettings settings = new SimulatorSettings(
                section.filledText("host", 255),
                section.integer("port", 0, 65_535),
                section.isWord("http-port", "none") ? NO_HTTP : section.integer("http-port", 0, 65_535),
                section.text("system-id", 15),
                section.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
                BindSettings.from(section.section("bind")),
                SubmitSettings.from(section.section("submit")),
                MessageIdSettings.from(section.section("message-id")),
                SrSettings.from(section.section("sr")),
                DeliverSettings.from(section.section("deliver")),
                MoSettings.from(section.section("mo")),
                section.sections("rules", 0).stream().map(NumberRule::from).toList(),
                section.sections(FAULTS, 0).stream().map(FaultSettings::from).toList(),
                RecordSettings.from(section.section("record")),
                hocon -> parseFault(hocon, faultDefaults));
        section.noOtherKeys();
        InvalidSettings.throwIfAny(problems);
        return settings;
    }

    /** {@code hocon} over the defaults, e.g. {@code "sms-process-simulator { port = 0, http-port = none }"}. */
    public static SimulatorSettings parse(String hocon) {
        return from(ConfigFactory.parseString(hocon)
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    }

    private static FaultSettings parseFault(String hocon, Config faultDefaults) {
        List<SettingsProblem> problems = new ArrayList<>();
        try {
            Config fault = ConfigFactory.parseString(hocon).resolve().withFallback(faultDefaults);
            FaultSettings settings = FaultSettings.from(Section.of("fault", fault, problems));
            InvalidSettings.throwIfAny(problems);
            return settings;
        } catch (ConfigException malformed) {
            throw new InvalidSettings(
                    List.of(new SettingsProblem("fault", "fault", "cannot be read: " + malformed.getMessage())));
        }
    }

    private static Config faultsOverDefaults(Config config, Config faultDefaults) {
        if (!(config.root().get(FAULTS) instanceof ConfigList list)) {
            return config;
        }
        List<ConfigValue> faults = new ArrayList<>();
        for (ConfigValue fault : list) {
            faults.add(fault instanceof ConfigObject object ? object.withFallback(faultDefaults) : fault);
        }
        return config.withValue(FAULTS, ConfigValueFactory.fromIterable(faults));
    }
}
