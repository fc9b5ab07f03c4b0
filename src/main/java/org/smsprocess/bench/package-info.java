// SPDX-License-Identifier: Apache-2.0
/**
 * Measurements of this machine, kept in the product: a whole installation under load. By task:
 *
 * <pre>
 * measure    LifeBench, CurveBench, NodesBench, GrowthBench, BacklogBench, HeapBench, RecoveryBench
 *            ApiBench, LatencyBench, RateBench
 * set up     BenchSetup › Installation
 * load       Load of Messages; Finals, when all have their status
 * used       Usage, DatabaseWork, NodeHeap, GcLog, Lateness, LifeStages
 * tell       Report
 * </pre>
 */
@NullMarked
package org.smsprocess.bench;

import org.jspecify.annotations.NullMarked;
