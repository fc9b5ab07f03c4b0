// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.smsprocess.text.charsets.Septets;
import org.smsprocess.text.charsets.WireForm;

/**
 * A text on its way to the SMSC: its encoding, its parts and their octets. Immutable and thread-safe.
 *
 * <p>Three ways out, by {@link #longMessage()} and the number of parts: one short_message; several short_message that begin
 * with a UDH or, for SAR, need the sar_ TLVs; or {@link #isInPayload() one message_payload}.
 */
public final class EncodedText implements EncodeResult {
    private static final byte[] NOTHING = {};

    private final Encoding encoding;
    private final LongMessage longMessage;
    private final WireForm form;
    private final byte[] content;
    private final int[] ends;
    private final UdhLayout header;
    private final UdhLayout onAir;
    private final List<Replacement> replacements;

    private EncodedText(
            Encoding encoding,
            LongMessage longMessage,
            WireForm form,
            byte[] content,
            int[] ends,
            UdhLayout onAir,
            List<Replacement> replacements) {
        this.encoding = encoding;
        this.longMessage = longMessage;
        this.form = form;
        this.content = content;
        this.ends = ends;
        this.onAir = onAir;
        this.header = longMessage.inUdh() ? onAir : onAir.withoutConcatenation();
        this.replacements = replacements;
    }

    static EncodedText of(
            Encoding encoding,
            LongMessage longMessage,
            WireForm form,
            String text,
            byte[] content,
            List<Replacement> replacements) {
        UdhLayout single = UdhLayout.single(form);
        if (content.length <= single.room(form)) {
            return new EncodedText(
                    encoding, longMessage, form, content, new int[] {content.length}, single, replacements);
        }
        // SMSC refuse sar_ TLVs beside a UDH; where national tables need the UDH anyway, it numbers the parts as well
        LongMessage mode = longMessage == LongMessage.SAR && single.length() > 0 ? LongMessage.UDH : longMessage;
        UdhLayout part = UdhLayout.part(form, mode);
        int[] ends = Splitter.split(text, form, content, part.room(form));
        return new EncodedText(encoding, mode, form, content, ends, part, replacements);
    }

    public Encoding encoding() {
        return encoding;
    }

    /** How the parts are tied together: as set, but UDH instead of SAR where national language tables need a UDH. */
    public LongMessage longMessage() {
        return longMessage;
    }

    /** SUBMIT_SM it takes: 1 to 255. */
    public int parts() {
        return isInPayload() ? 1 : ends.length;
    }

    /** SMS that reach the handset and are paid for; more than {@link #parts()} only in a message_payload. */
    public int sms() {
        return ends.length;
    }

    /** Septets, 16-bit units (UCS-2) or octets of the whole text. */
    public int units() {
        return content.length / form.unitOctets();
    }

    /** Units that the last SMS could still take. */
    public int charactersLeft() {
        int start = ends.length == 1 ? 0 : ends[ends.length - 2];
        return (onAir.room(form) - (content.length - start)) / form.unitOctets();
    }

    /** What transliteration changed; empty if the text goes out as it was given. */
    public List<Replacement> replacements() {
        return replacements;
    }

    /** True if each short_message, or the payload, begins with a UDH: esm_class needs bit 6 (SMPP 3.4 §5.2.12). */
    public boolean udhi() {
        return header.length() > 0;
    }

    /** True if the text is to go into a message_payload TLV, with short_message empty. */
    public boolean isInPayload() {
        return longMessage == LongMessage.MESSAGE_PAYLOAD && ends.length > 1;
    }

    /**
     * The short_message of a part, UDH included. Must not be changed.
     *
     * @param part 1 to {@link #parts()}
     * @param reference the same for all parts and unlike that of the message before to this destination; see {@link
     *     ConcatReference}. Its low 8 or 16 bits are used, none without concatenation in the UDH
     */
    public byte[] shortMessage(int part, int reference) {
        Objects.checkIndex(part - 1, parts());
        if (isInPayload()) {
            return NOTHING;
        }
        return octets(part == 1 ? 0 : ends[part - 2], ends[part - 1], reference, part);
    }

    /** The value of the message_payload TLV; empty unless {@link #isInPayload()}. */
    public byte[] payload() {
        return isInPayload() ? octets(0, content.length, 0, 1) : NOTHING;
    }

    private byte[] octets(int from, int to, int reference, int part) {
        int headerOctets = header.length();
        if (headerOctets == 0 && !form.isPacked()) {
            return to - from == content.length ? content : Arrays.copyOfRange(content, from, to);
        }
        byte[] octets =
                new byte[form.isPacked() ? Septets.packedLength(headerOctets, to - from) : headerOctets + to - from];
        header.write(octets, reference, ends.length, part);
        if (form.isPacked()) {
            Septets.pack(content, from, to, octets, headerOctets);
        } else {
            System.arraycopy(content, from, octets, headerOctets, to - from);
        }
        return octets;
    }
}
