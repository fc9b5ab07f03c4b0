// SPDX-License-Identifier: Apache-2.0
/** The delivery log as SRs change it: final statuses, gathered and written by bulk. Knows no account and no queue. */
@NullMarked
package org.smsprocess.delivery.log;

import org.jspecify.annotations.NullMarked;
