// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a long MT the SMSC has accepted, for a message that is not sent as a whole yet: the others follow under the same
 * concatenation reference, and none is sent twice.
 *
 * @param reference concatenation reference of all parts, 0 to 65535
 * @param parts of the whole
 * @param dataCoding of the whole; another one, or another number of parts, is another message on the handset
 * @param accepted numbers of parts, 2 to {@code parts}: part 1 leaves when the others were accepted, so it completes the message
 */
public record LongMtProgress(int reference, int parts, int dataCoding, List<Integer> accepted) {
    public LongMtProgress {
        accepted = List.copyOf(accepted);
    }

    public boolean fits(int otherParts, int otherDataCoding) {
        return parts == otherParts && dataCoding == otherDataCoding;
    }

    /** As the database keeps it: {@code reference parts dataCoding accepted…}. */
    String toText() {
        StringBuilder text = new StringBuilder().append(reference).append(' ').append(parts);
        text.append(' ').append(dataCoding);
        accepted.forEach(part -> text.append(' ').append(part));
        return text.toString();
    }

    static @Nullable LongMtProgress parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split(" ", -1)) {
            numbers.add(Integer.valueOf(number));
        }
        return new LongMtProgress(numbers.get(0), numbers.get(1), numbers.get(2), numbers.subList(3, numbers.size()));
    }
}
