// SPDX-License-Identifier: Apache-2.0
/**
 * What operators and programs see of deliveries and messages, and what they decide about those whose answer was lost. Reads on a lane
 * of its own, so that no list holds up traffic.
 */
@NullMarked
package org.smsprocess.delivery.lookup;

import org.jspecify.annotations.NullMarked;
