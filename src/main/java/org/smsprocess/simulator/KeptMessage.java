// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.time.Instant;

/**
 * One accepted SUBMIT_SM as it came, when {@code record.keep-messages} is on.
 *
 * @param messageId as in the answer
 * @param connection number of the connection, as in {@code GET /stats}
 * @param partTotal 0: not a part of a multipart message
 */
public record KeptMessage(
        String messageId,
        long connection,
        String systemId,
        String source,
        String destination,
        String text,
        int dataCoding,
        int partReference,
        int partTotal,
        int partNumber,
        Instant receivedAt) {}
