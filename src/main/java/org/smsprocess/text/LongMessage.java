// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/** How a text that needs several SMS is carried. */
public enum LongMessage {
    UDH,
    UDH_16,
    SAR,
    MESSAGE_PAYLOAD
}
