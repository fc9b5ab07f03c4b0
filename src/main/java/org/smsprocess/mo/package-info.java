// SPDX-License-Identifier: Apache-2.0
/**
 * Messages written by people: reassembly, inbox, auto-reply, quarantine.
 */
@NullMarked
package org.smsprocess.mo;

import org.jspecify.annotations.NullMarked;
