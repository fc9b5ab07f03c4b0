// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.util.Locale;

/**
 * <pre>
 * DRAFT ─start─► RUNNING ◄─resume─┐
 *   │              │  └──pause──► PAUSED
 *   │              └─all settled─► COMPLETED
 *   └───────────── cancel (also from RUNNING, PAUSED) ─► CANCELLED
 * </pre>
 */
public enum DeliveryState {
    /** Takes recipients, sends nothing. */
    DRAFT,
    RUNNING,
    /** Nothing more is taken from the queue; what connections hold already is still sent. */
    PAUSED,
    /** What was in the queue is cancelled; what connections held was still sent. */
    CANCELLED,
    /** No message is left to be sent. */
    COMPLETED;

    public static DeliveryState of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
