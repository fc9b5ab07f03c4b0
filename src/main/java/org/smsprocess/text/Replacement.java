// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

/**
 * One thing transliteration changed.
 *
 * @param from what the text had: a character, or a word of a script that is transliterated as a whole
 * @param to what is sent instead; empty if it was left out
 * @param position of {@code from} in the original text, UTF-16 index from 0
 */
public record Replacement(String from, String to, int position) {}
