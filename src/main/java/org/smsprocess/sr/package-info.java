// SPDX-License-Identifier: Apache-2.0
/**
 * Status reports find their MT: the event-sourced correlators. What an SR says is read in {@link org.smsprocess.sr.reading},
 * what they leave in the journal is kept small in {@link org.smsprocess.sr.history}. By task:
 *
 * <pre>
 * correlate  SrCorrelators › SrCorrelator › SrLedger › Round, on an SrState: Awaited, RecentFinals, Unlogged
 * wait       Pending, WaitingRoom, UnknownIds, Patience
 * persist    SrEvents, SrSnapshot, SrMessages by SrSerializer
 * watch      SrMetrics; SrSample › SrRatio
 * </pre>
 */
@NullMarked
package org.smsprocess.sr;

import org.jspecify.annotations.NullMarked;
