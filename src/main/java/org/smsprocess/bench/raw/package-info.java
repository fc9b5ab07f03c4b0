// SPDX-License-Identifier: Apache-2.0
/**
 * SUBMIT_SM without persistence: our link beside the bare library and a hand-made pump.
 */
@NullMarked
package org.smsprocess.bench.raw;

import org.jspecify.annotations.NullMarked;
