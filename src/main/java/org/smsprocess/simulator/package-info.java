// SPDX-License-Identifier: Apache-2.0
/**
 * The bundled SMSC: sessions, answers, SR, MO, faults, and a record of what it received. What it is like is in {@code
 * simulator.settings}.
 */
@NullMarked
package org.smsprocess.simulator;

import org.jspecify.annotations.NullMarked;
