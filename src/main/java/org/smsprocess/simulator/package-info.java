// SPDX-License-Identifier: Apache-2.0
/**
 * The bundled SMSC: sessions, answers, SR, MO, faults, and a record of what it received. What it is like is in {@code
 * simulator.settings}. By task:
 *
 * <pre>
 * run        Simulator, Smsc (its event loop), HttpPort
 * session    EsmeSession on a Line; Esme (a system_id and its binds), Door (who may bind)
 * take MT    SubmitSm › Intake › Book, Ledger; MessageIds, KnownMessages
 * deliver    SrDelivery, MoDesk › MoDelivery through Outbox
 * faults     Faults › Effect, Garbage
 * tell       Record, Stats
 * </pre>
 */
@NullMarked
package org.smsprocess.simulator;

import org.jspecify.annotations.NullMarked;
