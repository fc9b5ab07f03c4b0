// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.List;
import java.util.OptionalInt;
import org.smsprocess.settings.Section;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.LongMessage;
import org.smsprocess.text.TextEncoder;
import org.smsprocess.text.charsets.SmsCharset;

/**
 * How an account's MT look on the wire.
 *
 * @param sourceNumber source_addr when the delivery sets none
 * @param shortCode the account's main short code (quarantine scope)
 * @param encodings tried top to bottom; the first that holds the whole text wins
 * @param sendFullNumber false: digits only in destination_addr
 * @param autoSourceTon when a sender that is no number goes out as alphanumeric (TON 5, NPI 0)
 * @param serviceIdTag tag of the TLV that carries the delivery's service id; excludes other TLVs
 */
public record ChannelSettings(
        String sourceNumber,
        String shortCode,
        int sourceTon,
        int sourceNpi,
        AutoTon autoSourceTon,
        int destinationTon,
        int destinationNpi,
        String serviceType,
        List<Encoding> encodings,
        boolean transliteration,
        LongMessage longMessage,
        boolean sendFullNumber,
        OptionalInt serviceIdTag) {

    /** When TON and NPI of a sender that is no number are not those of the account. */
    public enum AutoTon {
        /** When source-ton and source-npi are 0. */
        WHERE_UNSET,
        ALWAYS,
        NEVER
    }

    static ChannelSettings from(Section section) {
        return new ChannelSettings(
                section.text("source-number", 20),
                section.text("short-code", 20),
                section.integer("source-ton", 0, 255),
                section.integer("source-npi", 0, 255),
                section.choice("auto-source-ton", AutoTon.class),
                section.integer("destination-ton", 0, 255),
                section.integer("destination-npi", 0, 255),
                section.text("service-type", 5),
                section.sections("encodings", 1).stream()
                        .map(ChannelSettings::encoding)
                        .toList(),
                section.flag("transliteration"),
                section.choice("long-message", LongMessage.class),
                section.flag("send-full-number"),
                section.isWord("service-id-tag", "none")
                        ? OptionalInt.empty()
                        : OptionalInt.of(section.hexOrDecimal("service-id-tag", 0, 0xFFFF)));
    }

    /** Notes it when the TLV of service-id-tag is one that another key, or a delivery's own field, fills. */
    void refuseTakenTag(Section section, SrSettings sr) {
        serviceIdTag.ifPresent(tag -> {
            String other = filledBy(tag, sr);
            if (!other.isEmpty()) {
                section.problem("service-id-tag", "is the TLV that " + other + " fills");
            }
        });
    }

    private String filledBy(int tag, SrSettings sr) {
        return switch (tag) {
            case 0x0005 -> "transmissionMode of a delivery"; // dest_addr_subunit
            case 0x0204 -> sr.messageReference() ? "sr.user-message-reference = true" : "";
            case 0x020C, 0x020E, 0x020F -> longMessage == LongMessage.SAR ? "long-message = sar" : "";
            case 0x0424 -> longMessage == LongMessage.MESSAGE_PAYLOAD ? "long-message = message-payload" : "";
            default -> "";
        };
    }

    /** What turns texts into octets as this account has it. Thread-safe; worth keeping. */
    public TextEncoder textEncoder() {
        return TextEncoder.of(encodings, longMessage, transliteration);
    }

    private static Encoding encoding(Section line) {
        Encoding encoding = new Encoding(line.integer("data-coding", 0, 255), line.choice("charset", SmsCharset.class));
        line.noOtherKeys();
        return encoding;
    }
}
