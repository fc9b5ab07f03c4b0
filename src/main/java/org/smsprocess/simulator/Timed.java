// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import org.jspecify.annotations.Nullable;

/** Something due at a tick of the {@link TimingWheel}; in at most one wheel at a time. */
abstract class Timed {
    long dueTick;

    @Nullable
    Timed next;

    abstract void fire();
}
