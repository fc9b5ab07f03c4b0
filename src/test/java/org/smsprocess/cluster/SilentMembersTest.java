// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilentMembersTest {
    private static final List<String> BOTH = List.of("a:1", "b:1");

    private final SilentMembers members = new SilentMembers(Duration.ofSeconds(8), Duration.ofSeconds(4));

    private Set<String> at(long seconds, List<String> live) {
        return members.look(Duration.ofSeconds(seconds).toNanos(), BOTH, live);
    }

    @Test
    void oneThatIsNoLongerInTheTableIsSilentAfterTheGrace() {
        at(0, BOTH);
        assertThat(at(2, List.of("a:1"))).isEmpty();
        assertThat(at(4, List.of("a:1"))).isEmpty();
        assertThat(at(6, List.of("a:1"))).containsExactly("b:1");
    }

    @Test
    void oneThatShowsItselfAgainInTimeIsNot() {
        at(0, BOTH);
        at(3, List.of("a:1"));
        at(5, BOTH);
        assertThat(at(8, List.of("a:1"))).isEmpty();
    }

    @Test
    void afterAnOutageOfTheDatabaseEverybodyHasTimeToComeBack() {
        at(0, BOTH);
        at(2, BOTH);
        assertThat(at(40, List.of())).isEmpty();
        assertThat(at(44, List.of())).isEmpty();
        assertThat(at(48, List.of())).isEmpty();
        assertThat(at(50, BOTH)).isEmpty();
    }

    @Test
    void oneThatJoinedAndNeverWroteARowIsSilentInTheEnd() {
        for (long second = 0; second <= 12; second += 2) {
            assertThat(at(second, List.of("a:1"))).isEmpty();
        }
        assertThat(at(14, List.of("a:1"))).containsExactly("b:1");
    }

    @Test
    void oneThatLeftIsForgotten() {
        at(0, BOTH);
        assertThat(members.look(Duration.ofSeconds(2).toNanos(), List.of("a:1"), List.of("a:1")))
                .isEmpty();
        assertThat(at(5, List.of("a:1"))).isEmpty();
    }
}
