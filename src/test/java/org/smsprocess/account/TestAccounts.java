// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Accounts for tests: the defaults of reference.conf and what the test sets. */
public final class TestAccounts {
    private TestAccounts() {}

    /** @param lines HOCON, as in the account's own section; host is 127.0.0.1 unless they set it */
    public static AccountSettings account(String name, String... lines) {
        String own = "sms-process.accounts." + name + " { host = 127.0.0.1\n" + String.join("\n", lines) + "\n}";
        Config root = ConfigFactory.load(ConfigFactory.parseString(own));
        return AccountSettings.from(name, root);
    }
}
