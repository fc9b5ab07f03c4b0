// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.ChannelSettings;
import org.smsprocess.account.TlvFormat;
import org.smsprocess.delivery.TlvSetting;
import org.smsprocess.delivery.TransmissionMode;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.text.charsets.SmsCharset;

/** The optional parameters that a delivery asks for, with the values of one recipient. */
final class OptionalParameters {
    private static final int DEST_ADDR_SUBUNIT = 0x0005;
    private static final Set<String> NO_NUMBER = Set.of("", "null", "undefined");

    /** Why a message can't be sent with what its delivery asks for. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    private OptionalParameters() {}

    /**
     * @param fields values of the recipient
     * @throws com.samskivert.mustache.MustacheException if a value is no template, or names a field that is not there
     */
    static List<Tlv> of(WireSettings settings, ChannelSettings channel, Map<String, Object> fields) throws Unusable {
        List<Tlv> tlvs = new ArrayList<>();
        TransmissionMode mode = settings.transmissionMode();
        if (mode != null) {
            tlvs.add(new Tlv(DEST_ADDR_SUBUNIT, new byte[] {(byte) mode.subunit()}));
        }
        addServiceId(settings, channel.serviceIdTag(), fields, tlvs);
        for (TlvSetting setting : settings.tlvs()) {
            byte[] value = value(setting, TemplateText.of(TemplateText.compile(setting.value()), fields));
            if (value != null) {
                tlvs.add(new Tlv(setting.tag(), value));
            }
        }
        return tlvs;
    }

    private static void addServiceId(
            WireSettings settings, OptionalInt serviceIdTag, Map<String, Object> fields, List<Tlv> tlvs)
            throws Unusable {
        String serviceId = settings.serviceId();
        if (serviceIdTag.isPresent() && !settings.tlvs().isEmpty()) {
            throw new Unusable("tlvs: the account has a service-id-tag, which excludes them");
        }
        if (serviceId != null && serviceIdTag.isEmpty()) {
            throw new Unusable("serviceId: the account has no service-id-tag");
        }
        if (serviceId != null) {
            String value = TemplateText.of(TemplateText.compile(serviceId), fields);
            tlvs.add(new Tlv(serviceIdTag.getAsInt(), value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** @return null when the parameter is left out */
    private static byte @Nullable [] value(TlvSetting setting, String text) throws Unusable {
        byte[] octets = switch (setting.format()) {
            case ASCII -> text(setting, SmsCharset.ASCII, text);
            case LATIN_1 -> text(setting, SmsCharset.LATIN_1, text);
            case UTF_8 -> text(setting, SmsCharset.UTF_8, text);
            case UCS_2 -> text(setting, SmsCharset.UCS_2, text);
            case GSM -> text(setting, SmsCharset.GSM, text);
            case INT8, UINT8 -> number(setting, text, 1);
            case INT16, UINT16 -> number(setting, text, 2);
            case INT32, UINT32 -> number(setting, text, 4);
            case INT64, UINT64 -> number(setting, text, 8);
        };
        int length = octets == null ? 0 : octets.length;
        if (setting.maxLength() > 0 && length > setting.maxLength()) {
            throw unusable(setting, "has " + length + " octets, at most " + setting.maxLength());
        }
        return octets;
    }

    private static byte[] text(TlvSetting setting, SmsCharset charset, String text) throws Unusable {
        byte[] octets = charset.octets(text);
        if (octets == null) {
            throw unusable(setting, charset.configName() + " lacks a character of its value");
        }
        if (octets.length > 0xFFFF) {
            throw unusable(setting, "has " + octets.length + " octets, at most 65535");
        }
        return octets;
    }

    private static byte @Nullable [] number(TlvSetting setting, String text, int octets) throws Unusable {
        String digits = text.trim();
        if (NO_NUMBER.contains(digits)) {
            return null;
        }
        boolean isSigned = setting.format().compareTo(TlvFormat.UINT8) < 0;
        BigInteger number;
        try {
            number = new BigInteger(digits);
        } catch (NumberFormatException noNumber) {
            throw unusable(setting, "'" + digits + "' is no whole number");
        }
        BigInteger end = BigInteger.ONE.shiftLeft(isSigned ? 8 * octets - 1 : 8 * octets);
        BigInteger least = isSigned ? end.negate() : BigInteger.ZERO;
        if (number.compareTo(least) < 0 || number.compareTo(end) >= 0) {
            throw unusable(
                    setting, digits + " does not fit " + setting.format().name().toLowerCase(Locale.ROOT));
        }
        byte[] value = new byte[octets];
        for (int i = 0; i < octets; i++) {
            value[octets - 1 - i] = number.shiftRight(8 * i).byteValue();
        }
        return value;
    }

    private static Unusable unusable(TlvSetting setting, String why) {
        return new Unusable("tlv " + setting.label() + ": " + why);
    }
}
