// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;

import java.util.Collections;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;

class PendingTest {
    private final Pending pending = new Pending(100);

    @Test
    void takesAsManyAsFitAMicrobatch() {
        pending.add(submitted(1, 40));
        pending.add(submitted(2, 40));
        pending.add(received(3, 30));

        assertThat(pending.take(75, true)).extracting("batch").containsExactly(1L, 3L);
        assertThat(pending.entries(true)).isEqualTo(40);
        assertThat(pending.take(1, true)).extracting("batch").containsExactly(2L);
        assertThat(pending.take(1, true)).isEmpty();
    }

    @Test
    void keepsSrBackWhenTold() {
        pending.add(received(1, 10));
        pending.add(submitted(2, 10));

        assertThat(pending.entries(false)).isEqualTo(10);
        assertThat(pending.take(75, false)).extracting("batch").containsExactly(2L);
        assertThat(pending.entries(true)).isEqualTo(10);
    }

    @Test
    void aFloodOfSrKeepsNoMappingOut() {
        assertThat(pending.add(received(1, 100))).isTrue();
        assertThat(pending.add(received(2, 1))).isFalse();

        assertThat(pending.add(submitted(3, 100))).isTrue();
        assertThat(pending.add(submitted(4, 1))).isFalse();
    }

    private static Submitted submitted(long batch, int mappings) {
        return new Submitted(batch, Collections.nCopies(mappings, mapping("a", 1)), ref());
    }

    private static Receive received(long batch, int reports) {
        return new Receive(batch, Collections.nCopies(reports, report(1, "a", "DELIVRD")), ref());
    }

    private static <T> ActorRef<T> ref() {
        return TestInbox.<T>create().getRef();
    }
}
