// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** The layers of a node's configuration: system properties, the operator's file, node.conf, reference.conf. */
public final class NodeConfig {
    private NodeConfig() {}

    /**
     * @param file the operator's file, or null for none
     * @throws com.typesafe.config.ConfigException naming file and line, if it can't be read or does not parse
     */
    public static Config load(@Nullable File file) {
        Config own = file == null
                ? ConfigFactory.empty()
                : ConfigFactory.parseFile(file, ConfigParseOptions.defaults().setAllowMissing(false));
        return load(own);
    }

    /** The same for settings already at hand. */
    public static Config load(Config own) {
        // load, not withFallback(defaultReference()): that one is resolved already, and overrides of what it refers to
        // would be lost
        ConfigFactory.invalidateCaches();
        return ConfigFactory.load(own.withFallback(ConfigFactory.parseResources("node.conf")));
    }
}
