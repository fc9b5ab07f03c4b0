// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

/**
 * Which part of which concatenated MO (3GPP TS 23.040 §9.2.3.24.1 and §9.2.3.24.8, SMPP 3.4 §5.3.2.22 to §5.3.2.24).
 *
 * @param reference 0 to 255 or 0 to 65535, as the width allows
 * @param width bits of the reference: 8 or 16; SAR TLVs have 16
 * @param total 2 to 255
 * @param number 1 to {@code total}
 */
public record Concat(int reference, int width, int total, int number) {}
