// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.account.AccountState;
import org.smsprocess.account.AccountStateStore;
import org.smsprocess.account.AccountStateStore.Switch;
import org.smsprocess.account.MemoryAccountStates;
import org.smsprocess.store.TestDatabase;

class PostgresAccountStatesIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private AccountStateStore store;

    @BeforeEach
    void empty() {
        DB.execute("truncate account_state");
        store = new PostgresAccountStates(DB.database().queries());
    }

    private AccountState apply(String account, Switch change) {
        return store.apply(account, change).toCompletableFuture().join();
    }

    @Test
    void aSwitchChangesItsOwnColumnOnly() {
        assertThat(apply("a", Switch.DISABLE)).isEqualTo(new AccountState(false, false));
        assertThat(apply("a", Switch.PAUSE_DELIVERIES)).isEqualTo(new AccountState(false, true));
        assertThat(apply("a", Switch.ENABLE)).isEqualTo(new AccountState(true, true));
        assertThat(apply("a", Switch.RESUME_DELIVERIES)).isEqualTo(AccountState.INITIAL);
    }

    @Test
    void anotherNodeReadsWhatThisOneSwitched() {
        apply("a", Switch.DISABLE);
        apply("b", Switch.PAUSE_DELIVERIES);

        assertThat(new PostgresAccountStates(DB.database().queries())
                        .load()
                        .toCompletableFuture()
                        .join())
                .containsEntry("a", new AccountState(false, false))
                .containsEntry("b", new AccountState(true, true))
                .hasSize(2);
    }

    @Test
    void everySwitchDoesWhatItSays() {
        for (Switch change : Switch.values()) {
            DB.execute("truncate account_state");
            assertThat(apply("a", change)).isEqualTo(MemoryAccountStates.after(change, AccountState.INITIAL));
        }
    }
}
