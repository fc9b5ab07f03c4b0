// SPDX-License-Identifier: Apache-2.0
/**
 * What correlators leave in the journal: snapshots, written without holding up who reads them, and events that a snapshot has made
 * superfluous. Knows nothing of SR.
 */
@NullMarked
package org.smsprocess.sr.history;

import org.jspecify.annotations.NullMarked;
