// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.mo.inbox.InboxWriter;
import org.smsprocess.mo.inbox.MoMetrics;

/**
 * What the handlers of a node share.
 *
 * @param accounts the settings that hold now, by name
 */
record MoServices(
        MoProcessSettings settings,
        Function<String, Optional<AccountSettings>> accounts,
        InboxWriter inbox,
        MoMetrics metrics,
        InstantSource clock) {}
