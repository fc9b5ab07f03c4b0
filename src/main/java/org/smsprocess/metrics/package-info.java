// SPDX-License-Identifier: Apache-2.0
/**
 * Names and instruments, nothing else.
 */
@NullMarked
package org.smsprocess.metrics;

import org.jspecify.annotations.NullMarked;
