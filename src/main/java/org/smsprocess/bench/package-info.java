// SPDX-License-Identifier: Apache-2.0
/**
 * Measurements of this machine, kept in the product: a whole installation under load.
 */
@NullMarked
package org.smsprocess.bench;

import org.jspecify.annotations.NullMarked;
