// SPDX-License-Identifier: Apache-2.0
/**
 * The guardian and the wiring: the only place that knows every other part.
 */
@NullMarked
package org.smsprocess.process;

import org.jspecify.annotations.NullMarked;
