// SPDX-License-Identifier: Apache-2.0
/**
 * How nodes find each other, who goes on after a partition, and which node holds which slot. By task:
 *
 * <pre>
 * find       Membership, on a NodeTable
 * decide     PostgresLease (its rows by LeaseRows) after a split; SilentMembers, cut off from the database alone
 * place      EvenSlots (SlotSpread, MemberHealth) of slots that are shards by ShardPerEntity; BucketCount
 * protect    ClusterTls, TellingTrust
 * count      RemoteTraffic by RemoteTrafficInstrument
 * </pre>
 */
@NullMarked
package org.smsprocess.cluster;

import org.jspecify.annotations.NullMarked;
