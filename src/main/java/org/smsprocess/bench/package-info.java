// SPDX-License-Identifier: Apache-2.0
/**
 * Measurements kept in the product.
 */
@NullMarked
package org.smsprocess.bench;

import org.jspecify.annotations.NullMarked;
