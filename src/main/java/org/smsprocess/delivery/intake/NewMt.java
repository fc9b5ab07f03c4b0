// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import org.jspecify.annotations.Nullable;

/**
 * One message to accept.
 *
 * @param to as the client wrote it
 * @param text the text itself, or null when the delivery has a template
 * @param fields JSON object with the template's values, or null
 * @param reference the client's own, kept in the log, or null
 */
public record NewMt(
        String to,
        @Nullable String text,
        @Nullable String fields,
        @Nullable String reference) {}
