// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.List;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.LongMessage;

/**
 * How an account's MT look on the wire.
 *
 * @param sourceNumber source_addr when the delivery sets none
 * @param shortCode the account's main short code (quarantine scope)
 * @param encodings tried top to bottom; the first that holds the whole text wins
 * @param sendFullNumber false: digits only in destination_addr
 */
public record ChannelSettings(
        String sourceNumber,
        String shortCode,
        int sourceTon,
        int sourceNpi,
        int destinationTon,
        int destinationNpi,
        String serviceType,
        List<Encoding> encodings,
        boolean transliteration,
        LongMessage longMessage,
        boolean sendFullNumber) {}
