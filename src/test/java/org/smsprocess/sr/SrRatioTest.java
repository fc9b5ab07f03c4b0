// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.account.RatioAlarm;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.sr.SrRatio.Reading;
import org.smsprocess.sr.SrSample.Due;

/** Times are milliseconds of the test's own clock, of which a period has 12,000. */
class SrRatioTest {
    private static final String[] USUAL = {"min-share = 0.5", "period = 12s", "min-messages = 100"};

    private final SrRatio ratio = new SrRatio("acme");
    private long nowMillis = 5_000_000;

    @Test
    @Tag("S32")
    @Tag("M23")
    void s32_m23_beginsWhenTooFewSrComeAndEndsWhenEnoughDo() {
        look(99, 99);
        assertThat(ratio.reading()).isEqualTo(new Reading(99, 0, false));

        look(1, 1);
        assertThat(ratio.reading()).isEqualTo(new Reading(100, 0, true));

        look(100, 0);
        assertThat(ratio.reading()).isEqualTo(new Reading(200, 100, true)); // the least share alone is not enough

        look(100, 0);
        assertThat(ratio.reading()).isEqualTo(new Reading(300, 200, false));
    }

    @Test
    @Observes("sr.ratio-alarm.min-share")
    void theShareIsTheAccounts() {
        look(100, 60, "min-share = 0.3", "period = 12s", "min-messages = 100");
        assertThat(ratio.reading().isAlarm()).isFalse();

        look(100, 60, USUAL);
        assertThat(ratio.reading().isAlarm()).isTrue();
    }

    @Test
    @Observes("sr.ratio-alarm.min-share")
    void zeroIsOff() {
        SrMetrics metrics = new SrMetrics(new SimpleMeterRegistry());
        metrics.of("acme").ratio().add(new Due(100, 100), settings(USUAL), nowMillis);
        assertThat(metrics.ratios().get("acme").isAlarm()).isTrue();

        metrics.passTime(account -> Optional.of(settings("min-share = 0")).filter(RatioAlarm::isOn), nowMillis);

        assertThat(metrics.ratios()).containsEntry("acme", new Reading(0, 0, false));
    }

    @Test
    @Observes("sr.ratio-alarm.min-messages")
    void withLittleTrafficThereIsNoAlarm() {
        look(100, 100, "min-share = 0.5", "period = 12s", "min-messages = 101");
        assertThat(ratio.reading()).isEqualTo(new Reading(100, 0, false));
    }

    @Test
    @Observes("sr.ratio-alarm.period")
    void whatIsOlderThanThePeriodIsForgotten() {
        look(60, 60);
        nowMillis += 11_000;
        look(30, 30);
        assertThat(ratio.reading()).isEqualTo(new Reading(90, 0, false));

        nowMillis += 1_000; // the first sixty are twelve seconds old
        look(60, 60);
        assertThat(ratio.reading()).isEqualTo(new Reading(90, 0, false));

        nowMillis += 8_000;
        look(10, 10);
        assertThat(ratio.reading()).isEqualTo(new Reading(100, 0, true));
    }

    @Test
    void withoutAnyTrafficTheAlarmEndsAfterThePeriod() {
        look(100, 100);
        nowMillis += 11_000;
        look(0, 0);
        assertThat(ratio.reading().isAlarm()).isTrue();

        nowMillis += 1_000;
        look(0, 0);
        assertThat(ratio.reading()).isEqualTo(new Reading(0, 0, false));
        assertThat(ratio.reading().share()).isNaN();
    }

    @Test
    void aLongSilenceForgetsAll() {
        look(60, 60);
        nowMillis += 500_000;
        look(60, 60);

        assertThat(ratio.reading()).isEqualTo(new Reading(60, 0, false));
    }

    @Test
    void aCorrelatorThatLookedAtItsClockALittleBeforeIsCountedToo() {
        look(50, 50);
        nowMillis -= 1_500;
        look(50, 50);

        assertThat(ratio.reading()).isEqualTo(new Reading(100, 0, true));
    }

    private void look(int messages, int silent) {
        look(messages, silent, USUAL);
    }

    private void look(int messages, int silent, String... lines) {
        ratio.add(new Due(messages, silent), settings(lines), nowMillis);
    }

    private static RatioAlarm settings(String... lines) {
        return TestAccounts.account("acme", "sr.ratio-alarm { " + String.join("\n", lines) + " }")
                .sr()
                .ratioAlarm();
    }
}
