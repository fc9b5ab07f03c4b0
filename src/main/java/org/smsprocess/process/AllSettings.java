// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
    private static final List<Consumer<Config>> SECTIONS = List.of(
            NodeSettings::from,
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
        Set<SettingsProblem> problems = new LinkedHashSet<>(); // several sections read the keys of the process
        for (Consumer<Config> section : SECTIONS) {
            try {
                section.accept(root);
            } catch (InvalidSettings invalid) {
                problems.addAll(invalid.problems());
            }
        }
        InvalidSettings.throwIfAny(List.copyOf(problems));
    }
}
