// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import org.smsprocess.connection.ConnectionServices.WorkAnnouncements;
import org.smsprocess.store.WorkSignal;

/** New work of an account, as the database's signal tells it. Thread-safe. */
final class AccountWork implements WorkAnnouncements {
    private final WorkSignal signal;

    AccountWork(WorkSignal signal) {
        this.signal = signal;
    }

    @Override
    public Listening listen(String account, Claimer claimer) {
        return signal.listen(account, new WorkSignal.Listener() {
            @Override
            public boolean takes() {
                return claimer.takes();
            }

            @Override
            public void wake() {
                claimer.wake();
            }
        })::run;
    }

    @Override
    public void announce(String account) {
        signal.publish(account);
    }
}
