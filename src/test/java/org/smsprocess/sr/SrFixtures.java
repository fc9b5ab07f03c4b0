// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.smsprocess.account.SrSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/** Settings as reference.conf has them but for what a test sets, DELIVER_SM, and what correlators are told. */
final class SrFixtures {
    private SrFixtures() {}

    /** @param lines HOCON, as in the account's own section */
    static SrSettings settings(String... lines) {
        return TestAccounts.account("acme", lines).sr();
    }

    static SrReader reader(SrSettings settings) {
        return new SrReader(settings, new IdNormaliser("acme", settings.mtIdFormat(), settings.srIdFormat()));
    }

    static Inbound deliverSm(int esmClass, String text, Tlv... tlvs) {
        return inbound(Inbound.DELIVER_SM, esmClass, text, tlvs);
    }

    static Inbound inbound(int commandId, int esmClass, String text, Tlv... tlvs) {
        return new Inbound(
                commandId,
                7,
                new SmppAddress(1, 1, "33600000001"),
                new SmppAddress(0, 1, "12345"),
                esmClass,
                0,
                text.getBytes(StandardCharsets.ISO_8859_1),
                List.of(tlvs));
    }

    static Tlv tlv(int tag, String text) {
        return new Tlv(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Tlv tlv(int tag, int... octets) {
        byte[] value = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            value[i] = (byte) octets[i];
        }
        return new Tlv(tag, value);
    }

    /** As reference.conf has them, but for overrides such as {@code batch-delay = 0s}. */
    static SrCorrelatorSettings correlators(String... overrides) {
        StringBuilder lines = new StringBuilder();
        for (String override : overrides) {
            boolean isOfProcess = override.startsWith("sr-reconcile-period") || override.startsWith("journal-restart");
            lines.append(isOfProcess ? "sms-process." : "sms-process.sr.")
                    .append(override)
                    .append('\n');
        }
        return SrCorrelatorSettings.from(com.typesafe.config.ConfigFactory.parseString(lines.toString())
                .withFallback(com.typesafe.config.ConfigFactory.parseResources("reference.conf"))
                .resolve());
    }

    static Mapping mapping(String providerId, long mtId) {
        return new Mapping(ProviderKey.of(providerId), mtId, 1);
    }

    static StatusReport report(int answerTo, String providerId, String stat) {
        StatusReport.Meaning meaning = stat.equals("DELIVRD")
                ? StatusReport.Meaning.DELIVERED
                : stat.equals("ENROUTE") ? StatusReport.Meaning.INTERMEDIATE : StatusReport.Meaning.FAILED;
        return new StatusReport(answerTo, ProviderKey.of(providerId), providerId, meaning, stat, "000", 1000);
    }

    static String[] concat(String[] first, String... second) {
        return java.util.stream.Stream.of(second, first)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
    }

    static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(assertion);
    }
}
