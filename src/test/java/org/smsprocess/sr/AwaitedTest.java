// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.smsprocess.sr.reading.ProviderKey;

class AwaitedTest {
    @Test
    void takesAtMost40OctetsAnEntryHoweverItCameToItsSize() {
        Awaited awaited = new Awaited();
        for (long key = 1; key <= 300_000; key++) {
            awaited.put(ProviderKey.of(Long.toString(key)), key << 11);
            if (key > 10_000) {
                assertThat(awaited.octets() / (double) awaited.size()).isLessThan(40);
            }
        }
        for (long key = 1; key <= 290_000; key++) {
            awaited.remove(ProviderKey.of(Long.toString(key)));
            awaited.shrink();
            assertThat(awaited.octets() / (double) awaited.size()).isLessThan(40);
        }
        assertThat(awaited.get(ProviderKey.of("290001"))).isEqualTo(290_001L << 11);
        assertThat(awaited.get(ProviderKey.of("290000"))).isZero();
    }

    @Test
    void packsAllThatIsKnownInto64Bits() {
        long atMillis = 1_763_800_000_000L;
        long packed = Packed.of(Packed.MAX_MT_ID, true, atMillis);

        assertThat(Packed.mtId(packed)).isEqualTo(Packed.MAX_MT_ID);
        assertThat(Packed.isLaterPart(packed)).isTrue();
        assertThat(Packed.isFinal(packed)).isFalse();
        assertThat(Packed.age(packed, atMillis)).isZero();
        assertThat(Packed.age(packed, atMillis + 42 * Packed.EPOCH_MILLIS)).isEqualTo(42);
        assertThat(Packed.isFinal(Packed.asFinal(packed, false))).isTrue();
        assertThat(Packed.isDelivered(Packed.asFinal(packed, false))).isFalse();
        assertThat(Packed.isDelivered(Packed.asFinal(packed, true))).isTrue();
        assertThat(Packed.mtId(Packed.asFinal(packed, true))).isEqualTo(Packed.MAX_MT_ID);
    }

    @Test
    void refusesIdsThatDoNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Packed.of(Packed.MAX_MT_ID + 1, false, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Packed.of(0, false, 0));
    }
}
