// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.smsprocess.settings.SettingsFile;
import org.smsprocess.settings.SettingsSource;

/** The layers of a node's configuration: system properties, the operator's file, node.conf, reference.conf. */
public final class NodeConfig {
    private NodeConfig() {}

    /** An operator's file, read again while the node runs. */
    public static SettingsSource source(Path file) {
        return new SettingsFile(file, ConfigFactory.parseResources("node.conf"));
    }

    /** Settings at hand, over node.conf and reference.conf. */
    public static Config load(Config own) {
        // load, not withFallback(defaultReference()): that one is resolved already, and overrides of what it refers to
        // would be lost
        ConfigFactory.invalidateCaches();
        return ConfigFactory.load(own.withFallback(ConfigFactory.parseResources("node.conf")));
    }
}
