// SPDX-License-Identifier: Apache-2.0
/**
 * Node, simulator and PostgreSQL as processes of their own, what they used, and how to talk to them. Knows nothing of what is measured.
 */
@NullMarked
package org.smsprocess.bench.plant;

import org.jspecify.annotations.NullMarked;
