// SPDX-License-Identifier: Apache-2.0
/**
 * Slot, Connection, Session: keeps an account's SMPP connections bound and lets MT flow through them.
 */
@NullMarked
package org.smsprocess.connection;

import org.jspecify.annotations.NullMarked;
