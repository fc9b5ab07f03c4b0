// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

/**
 * What an operator has switched while the process ran; kept in PostgreSQL, the same for all nodes.
 *
 * @param enabled the account is connected only if its settings say so too
 * @param deliveriesPaused no new part is claimed; connections stay bound, SR and MO flow
 */
public record AccountState(boolean enabled, boolean deliveriesPaused) {
    /** Of an account that nobody has switched. */
    public static final AccountState INITIAL = new AccountState(true, false);
}
