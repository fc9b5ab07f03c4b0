// SPDX-License-Identifier: Apache-2.0
/**
 * The words the other packages share: ids of messages and parts. Knows no Pekko, no SMPP library, no database.
 */
@NullMarked
package org.smsprocess.message;

import org.jspecify.annotations.NullMarked;
