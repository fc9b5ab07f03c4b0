// SPDX-License-Identifier: Apache-2.0
/**
 * TLS as an account has it: its settings, and the key and trust stores they name.
 */
@NullMarked
package org.smsprocess.account.tls;

import org.jspecify.annotations.NullMarked;
