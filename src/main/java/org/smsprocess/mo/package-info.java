// SPDX-License-Identifier: Apache-2.0
/**
 * Messages written by people: each account's MO go through one of a few persistent handlers, which acknowledge a part to the SMSC once
 * it is on disk.
 *
 * <pre>
 * parts      reads what came and joins the parts of a text
 * composing  makes the MO of them, and decides on a reply and the quarantine
 * inbox      stores it with all that follows from it; reads the inbox and the quarantine
 * webhooks   tells the account's program
 * here       MoHandlers › MoHandler; MoProtocol, MoSerializer
 * </pre>
 */
@NullMarked
package org.smsprocess.mo;

import org.jspecify.annotations.NullMarked;
