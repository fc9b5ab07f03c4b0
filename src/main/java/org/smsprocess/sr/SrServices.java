// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.RatioAlarm;
import org.smsprocess.sr.history.HistoryPruner;

/**
 * What correlators use.
 *
 * @param accounts settings in force of an account; asked each time, so a reload takes effect at once
 * @param accountNames those whose correlators must be alive
 * @param nanoTime for durations
 */
public record SrServices(
        SrCorrelatorSettings settings,
        Function<String, Optional<AccountSettings>> accounts,
        Supplier<? extends Collection<String>> accountNames,
        FinalStatusSink log,
        HistoryPruner pruner,
        SrMetrics metrics,
        Clock clock,
        LongSupplier nanoTime) {

    /** Of an account that is there and has it on. */
    Optional<RatioAlarm> ratioAlarm(String account) {
        return accounts.apply(account)
                .map(settings -> settings.sr().ratioAlarm())
                .filter(RatioAlarm::isOn);
    }

    /** Accounts whose correlators have all gone elsewhere have nobody else who tells that time goes by. */
    void judgeRatios() {
        long nowMillis = Duration.ofNanos(nanoTime.getAsLong()).toMillis();
        metrics.passTime(this::ratioAlarm, nowMillis);
    }
}
