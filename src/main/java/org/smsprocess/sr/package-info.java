// SPDX-License-Identifier: Apache-2.0
/**
 * Status reports: reading them, normalising ids, the event-sourced correlator, error qualification.
 */
@NullMarked
package org.smsprocess.sr;

import org.jspecify.annotations.NullMarked;
