// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.smsprocess.account.NodeSettings;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.cluster.ClusterSettings;
import org.smsprocess.connection.ConnectionLimits;
import org.smsprocess.connection.requests.RequestLimits;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.log.DeliveryLogSettings;
import org.smsprocess.delivery.upkeep.UpkeepSettings;
import org.smsprocess.mo.MoProcessSettings;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.sr.SrCorrelatorSettings;
import org.smsprocess.store.DatastoreSettings;

/** Every section of a node's configuration, read once before anything is opened: all that is wrong is told at once. */
final class AllSettings {
    /** They take effect when the node starts. */
    private static final List<Consumer<Config>> AT_START = List.of(
            HttpSettings::from,
            DatastoreSettings::from,
            ClusterSettings::from,
            WireLimits::from,
            ConnectionLimits::from,
            RequestLimits::from,
            IntakeSettings::from,
            DeliveryLogSettings::from,
            UpkeepSettings::from,
            SrCorrelatorSettings::from,
            MoProcessSettings::from);

    private AllSettings() {}

    /** @throws InvalidSettings with every problem of every section */
    static void check(Config root) {
        InvalidSettings.throwIfAny(
                problems(root, Stream.concat(Stream.<Consumer<Config>>of(NodeSettings::from), AT_START.stream())));
    }

    /** What is wrong in all but the process and its accounts. */
    static List<SettingsProblem> problemsAtStart(Config root) {
        return problems(root, AT_START.stream());
    }

    private static List<SettingsProblem> problems(Config root, Stream<Consumer<Config>> sections) {
        Set<SettingsProblem> problems = new LinkedHashSet<>(); // several sections read the keys of the process
        sections.forEach(section -> {
            try {
                section.accept(root);
            } catch (InvalidSettings invalid) {
                problems.addAll(invalid.problems());
            }
        });
        return List.copyOf(problems);
    }
}
