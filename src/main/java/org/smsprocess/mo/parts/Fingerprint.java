// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.smsprocess.smpp.Tlv;

/**
 * What makes two MO the same: account, addresses, data_coding, header, octets and TLVs. A redelivered PDU has them all in
 * common; its sequence_number, and the time, it has not. The first 128 bits of a SHA-256.
 */
public final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("a Java runtime without SHA-256", broken);
        }
    }

    /** Of an MO of one part. */
    public static UUID of(String account, Segment segment) {
        return new Fingerprint().text(account).segment(segment).end();
    }

    /** Of a part among the parts of one handler. */
    public static long ofPart(Segment segment) {
        return new Fingerprint().segment(segment).end().getMostSignificantBits();
    }

    /** Of a group: the same after a crash as before, different from any other group of the account. */
    public static UUID ofGroup(String account, long group, List<Segment> parts) {
        Fingerprint fingerprint = new Fingerprint().text(account).number(group);
        parts.forEach(part -> fingerprint.number(part.receivedAtMillis()).segment(part));
        return fingerprint.end();
    }

    private Fingerprint segment(Segment segment) {
        text(segment.source().number()).text(segment.destination().number()).number(segment.dataCoding());
        Concat concat = segment.concat();
        if (concat != null) {
            number(concat.reference())
                    .number(concat.width())
                    .number(concat.total())
                    .number(concat.number());
        }
        octets(segment.udh()).octets(segment.octets());
        for (Tlv tlv : segment.tlvs()) {
            number(tlv.tag()).octets(tlv.value());
        }
        return this;
    }

    private Fingerprint text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With its length first, so that neighbours cannot run into each other. */
    private Fingerprint octets(byte[] octets) {
        number(octets.length);
        digest.update(octets);
        return this;
    }

    private Fingerprint number(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    private UUID end() {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }
}
