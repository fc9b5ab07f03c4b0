// SPDX-License-Identifier: Apache-2.0
/**
 * Account settings: HOCON to checked records, and their reload while the process runs.
 */
@NullMarked
package org.smsprocess.account;

import org.jspecify.annotations.NullMarked;
