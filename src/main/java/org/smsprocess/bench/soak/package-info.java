// SPDX-License-Identifier: Apache-2.0
/**
 * Load and faults on a whole plant, and the proof that nothing was lost or doubled unseen. By task:
 *
 * <pre>
 * run        Soak of SoakSettings: SoakLoad on a SoakPlant
 * plant      SoakNode, SoakDatabase, SoakNetwork, SoakRelay
 * strike     SoakFault; SoakStrikes remembers
 * prove      SoakCheck and SoakBinds under load; SoakBooks and SoakMo at the end
 * </pre>
 */
@NullMarked
package org.smsprocess.bench.soak;

import org.jspecify.annotations.NullMarked;
