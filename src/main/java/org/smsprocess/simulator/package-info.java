// SPDX-License-Identifier: Apache-2.0
/**
 * The bundled SMSC.
 */
@NullMarked
package org.smsprocess.simulator;

import org.jspecify.annotations.NullMarked;
