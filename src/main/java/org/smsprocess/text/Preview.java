// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sending a text would take, for people who write it.
 *
 * @param encoding the encoding it would leave in; null if it cannot be sent
 * @param parts SUBMIT_SM it takes
 * @param sms what it costs: SMS on the air, also for message_payload
 * @param units septets, 16-bit units (UCS-2) or octets it takes
 * @param charactersLeft units free in the last SMS
 * @param replacements what transliteration changed
 * @param reason why it cannot be sent; null if it can
 */
public record Preview(
        @Nullable Encoding encoding,
        int parts,
        int sms,
        int units,
        int charactersLeft,
        List<Replacement> replacements,
        @Nullable String reason) {

    static Preview of(EncodeResult result) {
        if (result instanceof EncodedText text) {
            return new Preview(
                    text.encoding(),
                    text.parts(),
                    text.sms(),
                    text.units(),
                    text.charactersLeft(),
                    text.replacements(),
                    null);
        }
        return new Preview(null, 0, 0, 0, 0, List.of(), ((Unencodable) result).reason());
    }
}
