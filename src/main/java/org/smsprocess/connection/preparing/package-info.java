// SPDX-License-Identifier: Apache-2.0
/**
 * Makes SUBMIT_SM of what the queue holds. Knows nothing of sessions and of what becomes of the messages: what it makes depends on the
 * MT, its delivery and the account's settings alone, so that it can be made again after a crash. By task:
 *
 * <pre>
 * prepare    Preparer › PreparedPart: SUBMIT_SM, LongMt, settlements of what can't be sent
 * fields     Addresses, TemplateText, OptionalParameters, SmppTime; LongParameters ties the parts of a text
 * </pre>
 */
@NullMarked
package org.smsprocess.connection.preparing;

import org.jspecify.annotations.NullMarked;
