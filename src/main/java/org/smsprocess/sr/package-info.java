// SPDX-License-Identifier: Apache-2.0
/**
 * Status reports: reading them, normalising ids, the event-sourced correlator. By task:
 *
 * <pre>
 * read       SrReader: ReceiptText › DefaultFields, TokenFields, RegexFields
 * same id    IdNormaliser, LearnedForm, ProviderKey; RecipientGuard, MessageReference
 * correlate  SrCorrelators › SrCorrelator › SrLedger › Round, on an SrState: Awaited, RecentFinals, Unlogged
 * wait       Pending, WaitingRoom, UnknownIds, Patience
 * persist    SrEvents, SrSnapshot, SrMessages by SrSerializer; SqlHistoryPruner
 * watch      SrMetrics; SrSample › SrRatio
 * </pre>
 */
@NullMarked
package org.smsprocess.sr;

import org.jspecify.annotations.NullMarked;
