// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

/** An account at one moment: its settings and what an operator has switched. */
public record AccountSnapshot(AccountSettings settings, AccountState state) {
    public String name() {
        return settings.name();
    }

    /** Whether its connections are to be bound. */
    public boolean isConnected() {
        return settings.enabled() && state.enabled();
    }

    /** Whether its MT are to leave. */
    public boolean isSending() {
        return isConnected() && !state.deliveriesPaused();
    }
}
