// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.ReferenceConf;
import org.smsprocess.settings.ReferenceConf.Entry;

/** What reference.conf says of the range of a key is what a start refuses, by the name of the key. */
class EveryKeyIsCheckedTest {
    private static final Config DEFAULTS = ConfigFactory.defaultReferenceUnresolved();
    private static final String ACCOUNT = "sms-process.account-defaults.";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern QUANTITY = Pattern.compile("\\d+(ms|s|m|h|d|k|M|g|G|GB|MB)");
    private static final Pattern RANGE = Pattern.compile(
            "(?<![\\w.-])(\\d[\\d.]*(?: days| years|[a-zA-Z]*)?) to (\\d[\\d.]*(?: days| years|[a-zA-Z]*)?)(?![\\w-])");

    @Test
    void valuesBeyondTheRangeAreRefusedByName() throws IOException {
        List<String> taken = new ArrayList<>();
        int checked = 0;
        for (Entry entry : keys()) {
            Matcher range = RANGE.matcher(entry.meaning());
            if (!isQuantity(entry) || !range.find()) {
                continue;
            }
            String limits = range.group();
            for (String beyond :
                    List.of(shifted(entry, range.group(1), limits, -1), shifted(entry, range.group(2), limits, 1))) {
                checked++;
                if (!isRefused(entry.key(), beyond)) {
                    taken.add(entry.key() + " = " + beyond + " although " + range.group());
                }
            }
        }
        assertThat(taken).isEmpty();
        assertThat(checked).isGreaterThan(150);
    }

    @Test
    void whatIsNoNumberIsRefusedByName() throws IOException {
        assertThat(keys().stream()
                        .filter(EveryKeyIsCheckedTest::isQuantity)
                        .filter(entry -> !isRefused(entry.key(), "many")))
                .isEmpty();
    }

    @Test
    void mistypedKeysAreRefusedByNameInEverySection() throws IOException {
        List<String> taken = new ArrayList<>();
        for (Entry entry : ReferenceConf.read()) {
            boolean isOurs =
                    entry.key().startsWith("sms-process.") && !entry.key().contains("upload-dispatcher");
            if (entry.isObject() && isOurs && !isRefused(entry.key() + ".no-such-key", "1")) {
                taken.add(entry.key());
            }
        }
        assertThat(taken).isEmpty();
    }

    private static List<Entry> keys() throws IOException {
        return ReferenceConf.read().stream()
                .filter(entry -> entry.key().startsWith("sms-process.") && !entry.isObject())
                .filter(entry -> !entry.key().contains("upload-dispatcher"))
                .toList();
    }

    private static boolean isQuantity(Entry entry) {
        return NUMBER.matcher(entry.value()).matches()
                || QUANTITY.matcher(entry.value()).matches();
    }

    private static boolean isRefused(String key, String value) {
        // defaults of accounts are checked in the accounts that take them
        String line = (key + " = \"" + value + "\"").replace(ACCOUNT, "sms-process.accounts.acme.");
        String root = "sms-process.accounts.acme.host = 127.0.0.1\n" + line;
        try {
            AllSettings.check(
                    ConfigFactory.parseString(root).withFallback(DEFAULTS).resolve());
            return false;
        } catch (InvalidSettings invalid) {
            String name = key.replace(ACCOUNT, "sms-process.accounts.acme.");
            return invalid.problems().stream()
                    .anyMatch(problem -> problem.toString().contains(name));
        }
    }

    /** The limit, and one more or less in the smallest unit. */
    private static String shifted(Entry entry, String limit, String limits, int by) {
        if (NUMBER.matcher(entry.value()).matches()) {
            return Double.toString(Double.parseDouble(limit) + by);
        }
        boolean isSize =
                (entry.value() + limits).matches(".*\\d(k|g|G|M|p)B?\\b.*"); // an m alone is a minute or a mebibyte
        if (isSize) {
            Config size = ConfigFactory.parseString("x = \"" + limit.toLowerCase(Locale.ROOT) + "\"");
            return Long.toString(size.getMemorySize("x").toBytes() + by);
        }
        String known = limit.endsWith(" years") ? limit.replace(" years", "000 days") : limit;
        Config duration = ConfigFactory.parseString("x = \"" + known + "\"");
        return duration.getDuration("x").toMillis() + by + "ms";
    }
}
