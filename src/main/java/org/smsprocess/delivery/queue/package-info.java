// SPDX-License-Identifier: Apache-2.0
/**
 * The MT queue: parts of deliveries, claimed by one slot at a time. A statement of an owner that has lost its slot changes nothing
 * (Fence, OwnedParts). By task:
 *
 * <pre>
 * claim      MtQueue › PostgresMtQueue › ClaimTransaction: PartRow, PartMessages make a ClaimedPart of QueuedMt
 * record     RecordTransaction: Settlement › MessageUpdates, RetryParts
 * recover    RecoverTransaction: parts that an earlier owner left; KnownParts are not read again
 * </pre>
 */
@NullMarked
package org.smsprocess.delivery.queue;

import org.jspecify.annotations.NullMarked;
