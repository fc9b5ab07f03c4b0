// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The user data header at the start of a short_message with the UDHI bit (3GPP TS 23.040 §9.2.3.24).
 *
 * <pre>
 *   05                     length of what follows
 *   00 03 A7 02 01         element: identifier, length, data; here 8-bit concatenation: reference, parts, part
 * </pre>
 *
 * <p>Reading never fails. A length octet that cannot be right makes the whole user data text, with {@link #isMalformed()}.
 */
public final class Udh {
    static final int CONCATENATION_8 = 0x00;
    static final int CONCATENATION_16 = 0x08;
    static final int SINGLE_SHIFT = 0x24;
    static final int LOCKING_SHIFT = 0x25;

    /** What a message without UDHI has. */
    public static final Udh NONE = new Udh(0, false, List.of());

    private final int length;
    private final boolean malformed;
    private final List<InformationElement> elements;

    /**
     * Place of a part in its message.
     *
     * @param reference 0 to 255, or 0 to 65535 if wide
     * @param wide the reference has 16 bits; it never matches one of 8 bits
     * @param parts 2 to 255
     * @param part 1 to parts
     */
    public record Concatenation(int reference, boolean wide, int parts, int part) {}

    private Udh(int length, boolean malformed, List<InformationElement> elements) {
        this.length = length;
        this.malformed = malformed;
        this.elements = elements;
    }

    /** Reads the header of a short_message or message_payload that came with the UDHI bit. */
    public static Udh parse(byte[] userData) {
        int end = userData.length == 0 ? 0 : 1 + (userData[0] & 0xFF);
        if (end <= 1 || end > userData.length) {
            // an empty header is one octet and correct; everything else here is a lie about the length
            return end == 1 ? new Udh(1, false, List.of()) : new Udh(0, true, List.of());
        }
        List<InformationElement> elements = new ArrayList<>(2);
        int at = 1;
        while (at + 1 < end && at + 2 + (userData[at + 1] & 0xFF) <= end) {
            int next = at + 2 + (userData[at + 1] & 0xFF);
            elements.add(new InformationElement(userData[at] & 0xFF, Arrays.copyOfRange(userData, at + 2, next)));
            at = next;
        }
        Udh udh = new Udh(end, at < end, List.copyOf(elements));
        // elements that do not fill the length are a header only if one of them is worth believing
        return at == end || udh.concatenation().isPresent() ? udh : new Udh(0, true, List.of());
    }

    /**
     * The header of octets that came without the UDHI bit but begin with a sensible concatenation all the same, and nothing else: some
     * SMSCs forget the bit. No text begins so: in GSM it would be {@code é@¥} or {@code ùòΔ}, in UCS-2 letters that no language combines.
     *
     * @return {@link #NONE} for all others
     */
    public static Udh unannounced(byte[] userData) {
        boolean narrow = userData.length >= 6 && userData[0] == 5 && userData[1] == CONCATENATION_8 && userData[2] == 3;
        boolean wide = userData.length >= 7 && userData[0] == 6 && userData[1] == CONCATENATION_16 && userData[2] == 4;
        Udh udh = narrow || wide ? parse(userData) : NONE;
        return udh.concatenation().isPresent() ? udh : NONE;
    }

    /** Octets of the header, its length octet included: where the text begins, before fill bits. 0 without a header. */
    public int length() {
        return length;
    }

    /** True if UDHI promised a header that is not there or does not add up. */
    public boolean isMalformed() {
        return malformed;
    }

    /**
     * Place in a concatenated message. Empty for a message of one part and for numbers that cannot be (part 0, part beyond the
     * last): such a message stands alone. Of several elements the last valid one counts (3GPP TS 23.040 §9.2.3.24).
     */
    public Optional<Concatenation> concatenation() {
        Optional<Concatenation> found = Optional.empty();
        for (InformationElement element : elements) {
            boolean wide = element.id() == CONCATENATION_16 && element.length() == 4;
            if (wide || element.id() == CONCATENATION_8 && element.length() == 3) {
                int reference = wide ? element.octet(0) << 8 | element.octet(1) : element.octet(0);
                int parts = element.octet(element.length() - 2);
                int part = element.octet(element.length() - 1);
                if (parts > 1 && part >= 1 && part <= parts) {
                    found = Optional.of(new Concatenation(reference, wide, parts, part));
                }
            }
        }
        return found;
    }

    /** National language of the locking shift table (3GPP TS 23.040 §9.2.3.24.16), 0 without one. */
    public int lockingShift() {
        return language(LOCKING_SHIFT);
    }

    /** National language of the single shift table (3GPP TS 23.040 §9.2.3.24.15), 0 without one. */
    public int singleShift() {
        return language(SINGLE_SHIFT);
    }

    private int language(int id) {
        int language = 0;
        for (InformationElement element : elements) {
            if (element.id() == id && element.length() == 1) {
                language = element.octet(0);
            }
        }
        return language;
    }
}
