// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/**
 * A request about a message that the SMSC accepted before. Both name it by the message_id of SUBMIT_SM_RESP, as the SMSC wrote it, and
 * by the source address it was sent with: SMSCs compare both (SMPP 3.4 §4.8.1, §4.9.1).
 */
public sealed interface MessageRequest {
    String messageId();

    SmppAddress source();

    /** CANCEL_SM (SMPP 3.4 §4.9.1) of one message, so service_type is empty. */
    record Cancel(String messageId, SmppAddress source, SmppAddress destination) implements MessageRequest {}

    /** QUERY_SM (SMPP 3.4 §4.8.1). */
    record Query(String messageId, SmppAddress source) implements MessageRequest {}
}
