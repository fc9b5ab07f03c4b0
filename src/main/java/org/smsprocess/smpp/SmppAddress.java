// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/**
 * An address as SMPP carries it (SMPP 3.4 §5.2.5 to §5.2.9).
 *
 * @param ton type of number, 0 to 255
 * @param npi numbering plan indicator, 0 to 255
 */
public record SmppAddress(int ton, int npi, String number) {}
