// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

/**
 * One accepted SUBMIT_SM: the key of the provider id it got, and the MT it belongs to.
 *
 * @param key {@link ProviderKey#of} of the normalised provider id
 * @param part 1 to 255: only part 1's SR settles the MT
 */
public record Mapping(long key, long mtId, int part) {}
