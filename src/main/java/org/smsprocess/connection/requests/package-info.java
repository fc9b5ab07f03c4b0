// SPDX-License-Identifier: Apache-2.0
/**
 * Asks SMSCs about messages that were sent: CANCEL_SM and QUERY_SM, on connections that are bound anyway. The sessions know nothing
 * of it. By task:
 *
 * <pre>
 * ask        MessageInquiries, by RequestLimits
 * in turn    QueryBacklog › QueryRound: one account's parts, at its rate
 * count      RequestTally
 * </pre>
 */
@NullMarked
package org.smsprocess.connection.requests;

import org.jspecify.annotations.NullMarked;
