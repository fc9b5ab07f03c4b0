// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/**
 * One line of an account's encoding table.
 *
 * @param dataCoding data_coding of SUBMIT_SM, 0 to 255
 */
public record Encoding(int dataCoding, SmsCharset charset) {}
