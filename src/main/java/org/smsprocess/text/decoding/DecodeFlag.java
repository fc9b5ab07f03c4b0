// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

/** What was odd about the octets of an MO, or about reading them. */
public enum DecodeFlag {
    /** UDHI was set but no header is there; everything was read as text. Or its last elements were cut off. */
    MALFORMED_UDH,
    /** UCS-2 with an odd number of octets: the last one was dropped. */
    ODD_OCTET,
    /** UCS-2 came with the low octet first. */
    LITTLE_ENDIAN,
    /** The octets cannot be in the charset of their data_coding; another one was read, see the text. */
    CHARSET_GUESSED,
    /** The last septet of packed text looked like padding and was dropped, or NUL at the end of octets. */
    PADDING_DROPPED,
    /** 8-bit data that is no text: the text is its octets in hexadecimal. */
    BINARY,
    /** Compressed text (3GPP TS 23.042): the text is its octets in hexadecimal. */
    COMPRESSED,
    /** Something that stands for no character became U+FFFD. */
    REPLACED
}
