// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import org.smsprocess.account.TlvFormat;

/**
 * One optional parameter that each SUBMIT_SM of a delivery carries.
 *
 * @param label for people; appears in errors
 * @param tag 0 to 65535
 * @param value a template: {@code {{field}}} stands for a value of the recipient
 * @param format of the octets; integers are left out where the value is empty, {@code null} or {@code undefined}
 * @param maxLength most octets of the value, 0: no limit
 */
public record TlvSetting(String label, int tag, String value, TlvFormat format, int maxLength) {}
