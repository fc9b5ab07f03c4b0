// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/**
 * A text that cannot be sent with the account's encodings.
 *
 * @param reason for people: the character as U+XXXX and its position (UTF-16 index from 0), or {@code too long: 5 parts, at
 *     most 3}
 */
public record Unencodable(String reason) implements EncodeResult {}
