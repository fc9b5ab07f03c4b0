// SPDX-License-Identifier: Apache-2.0
/**
 * The commands; each is one file. What they share:
 *
 * <pre>
 * say        Terminal, UserError, Progress
 * ask        NodeOptions › NodeClient; Poll, RemoteDelivery
 * demo       DemoPlant, DemoMessages, DemoBooks
 * bench      BenchOptions, PlantOptions
 * </pre>
 */
@NullMarked
package org.smsprocess.cli;

import org.jspecify.annotations.NullMarked;
