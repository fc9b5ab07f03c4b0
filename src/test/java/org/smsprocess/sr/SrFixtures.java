// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.StatusReport;

/** What correlators are told, and their settings. */
final class SrFixtures {
    private SrFixtures() {}

    /** As reference.conf has them, but for overrides such as {@code batch-delay = 0s}. */
    static SrCorrelatorSettings correlators(String... overrides) {
        StringBuilder lines = new StringBuilder();
        for (String override : overrides) {
            boolean isOfProcess = override.startsWith("sr-reconcile-period") || override.startsWith("journal-restart");
            lines.append(isOfProcess ? "sms-process." : "sms-process.sr.")
                    .append(override)
                    .append('\n');
        }
        return SrCorrelatorSettings.from(ConfigFactory.parseString(lines.toString())
                .withFallback(ConfigFactory.parseResources("reference.conf"))
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
        return Stream.of(second, first).flatMap(Stream::of).toArray(String[]::new);
    }

    static void eventually(ThrowingRunnable assertion) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }
}
