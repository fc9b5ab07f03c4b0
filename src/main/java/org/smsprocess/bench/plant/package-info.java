// SPDX-License-Identifier: Apache-2.0
/**
 * Node, simulator and PostgreSQL as processes of their own, what they used, and how to talk to them. Knows nothing of what is measured.
 * By task:
 *
 * <pre>
 * start      Workbench: PostgresServer, NodeProcess, SimulatorProcess, each a ChildJvm (ClassPath)
 * talk       JsonHttp, HttpPump; Signal, Jcmd
 * look       CpuMeter
 * wait       Pause; BenchFailure
 * </pre>
 */
@NullMarked
package org.smsprocess.bench.plant;

import org.jspecify.annotations.NullMarked;
