// SPDX-License-Identifier: Apache-2.0
/** Messages to cancel at the SMSC (CANCEL_SM) and to ask it about (QUERY_SM), each leased by one node at a time. */
@NullMarked
package org.smsprocess.delivery.requests;

import org.jspecify.annotations.NullMarked;
