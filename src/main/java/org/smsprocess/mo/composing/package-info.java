// SPDX-License-Identifier: Apache-2.0
/**
 * What follows from whole or incomplete MO: text, TLVs, reply, quarantine. Pure; what it makes is stored in one transaction. By task:
 *
 * <pre>
 * compose    MoComposer: MoText, TlvColumns
 * decide     ReplyRules, QuarantineNumber
 * </pre>
 */
@NullMarked
package org.smsprocess.mo.composing;

import org.jspecify.annotations.NullMarked;
