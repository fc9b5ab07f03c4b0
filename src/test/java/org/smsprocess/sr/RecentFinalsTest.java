// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentFinalsTest {
    @Test
    void forgetsTheOldestBeyondTheNumber() {
        RecentFinals finals = filled(1000);
        List<Long> forgotten = new ArrayList<>();

        finals.trim(500, 0, forgotten::add);

        assertThat(forgotten).hasSize(512).startsWith(0L, 1L).endsWith(511L);
        assertThat(finals.size()).isEqualTo(488);
    }

    @Test
    void forgetsWhatIsTooOld() {
        RecentFinals finals = filled(1000);
        List<Long> forgotten = new ArrayList<>();

        finals.trim(5000, 600, forgotten::add);

        assertThat(forgotten)
                .hasSize(512); // the third 256 began at 512, which is too old too, but holds some that are not
    }

    @Test
    void survivesASnapshot() {
        RecentFinals finals = filled(1000);
        finals.trim(900, 0, key -> {});

        RecentFinals again = RecentFinals.of(finals.keys(), finals.marks());
        again.add(1000, 1000);
        finals.add(1000, 1000);

        assertThat(again.keys()).isEqualTo(finals.keys());
        assertThat(again.marks()).isEqualTo(finals.marks());
    }

    private static RecentFinals filled(int number) {
        RecentFinals finals = new RecentFinals();
        for (int i = 0; i < number; i++) {
            finals.add(i, i);
        }
        return finals;
    }
}
