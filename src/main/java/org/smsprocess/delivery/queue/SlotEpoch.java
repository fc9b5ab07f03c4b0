// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

/**
 * Who claims and records: a slot, in the epoch of the lease it holds. Writes with an old epoch claim nothing and release nothing.
 *
 * @param slot {@code account/thread/child}
 */
public record SlotEpoch(String account, String slot, long epoch) {}
