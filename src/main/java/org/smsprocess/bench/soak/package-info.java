// SPDX-License-Identifier: Apache-2.0
/**
 * Load and faults on a whole plant, and the proof that nothing was lost or doubled unseen.
 */
@NullMarked
package org.smsprocess.bench.soak;

import org.jspecify.annotations.NullMarked;
