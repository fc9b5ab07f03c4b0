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
        RESUME_DELIVERIES;

        public AccountState applyTo(AccountState state) {
            return switch (this) {
                case ENABLE -> new AccountState(true, state.deliveriesPaused());
                case DISABLE -> new AccountState(false, state.deliveriesPaused());
                case PAUSE_DELIVERIES -> new AccountState(state.enabled(), true);
                case RESUME_DELIVERIES -> new AccountState(state.enabled(), false);
            };
        }
    }
}
