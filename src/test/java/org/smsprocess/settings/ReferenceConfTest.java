// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.settings.ReferenceConf.Entry;

class ReferenceConfTest {
    /** Keys of a map are data and speak for themselves. */
    private static final String MAP = "sms-process.account-defaults.error-classes.";

    @Test
    void everyKeyIsExplained() throws IOException {
        List<String> unexplained = ReferenceConf.read().stream()
                .filter(entry -> !entry.isObject() && entry.meaning().isEmpty())
                .map(entry -> "reference.conf:" + entry.line() + ": " + entry.key())
                .toList();

        assertThat(unexplained).isEmpty();
    }

    @Test
    void everyKeyHasOneDefault() throws IOException {
        List<String> keys = ReferenceConf.read().stream()
                .filter(entry -> !entry.isObject())
                .map(Entry::key)
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void theTextIsWhatTheParserReads() throws IOException {
        Config parsed = ConfigFactory.parseFile(ReferenceConf.FILE.toFile()).resolve();

        assertThat(ReferenceConf.read().stream()
                        .filter(entry -> !entry.isObject() && !entry.key().startsWith(MAP))
                        .map(Entry::key)
                        .filter(key -> !parsed.hasPathOrNull(key)))
                .isEmpty();
    }
}
