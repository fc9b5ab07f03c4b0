// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/** Character sets an MT can be sent in. */
public enum SmsCharset {
    GSM,
    UCS_2
}
