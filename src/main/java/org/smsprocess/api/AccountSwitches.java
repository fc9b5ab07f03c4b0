// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.concurrent.CompletionStage;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountStateStore.Switch;

/** Switches accounts while the process runs; threadsafe. */
@FunctionalInterface
public interface AccountSwitches {
    /** @return completes when the change is durable, with the account after it */
    CompletionStage<AccountSnapshot> apply(String account, Switch change);
}
