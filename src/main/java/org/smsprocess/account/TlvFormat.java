// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

/** What the octets of a TLV's value mean. Integers are big-endian; {@code UINT} is unsigned. */
public enum TlvFormat {
    ASCII,
    LATIN_1,
    UTF_8,
    UCS_2,
    GSM,
    INT8,
    INT16,
    INT32,
    INT64,
    UINT8,
    UINT16,
    UINT32,
    UINT64
}
