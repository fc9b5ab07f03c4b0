// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Keeps what operators switch. Never blocks. */
public interface AccountStateStore {
    /** The state of each account that was ever switched. */
    CompletionStage<Map<String, AccountState>> load();

    /** @return completes when the change is durable, with the state after it */
    CompletionStage<AccountState> apply(String account, Switch change);

    /** What an operator can switch. */
    enum Switch {
        ENABLE,
        DISABLE,
        PAUSE_DELIVERIES,
        RESUME_DELIVERIES
    }
}
