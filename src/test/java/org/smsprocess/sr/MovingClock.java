// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Shows the time that a test says it is, whatever thread looks. */
final class MovingClock extends Clock {
    private final Supplier<Instant> now;

    MovingClock(Supplier<Instant> now) {
        this.now = now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
