// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smsprocess.delivery.requests.QueryWatches;
import org.smsprocess.delivery.requests.SentMessage;

class QueryBacklogTest {
    private static final long SECOND = 1_000_000_000L;

    private final QueryBacklog backlog = new QueryBacklog(0);

    @Test
    @Tag("query-sm.max-rate")
    void letsOutSoManyASecond() {
        backlog.add(watch(1, 1000));
        int asked = 0;
        for (int tenth = 1; tenth <= 100; tenth++) {
            asked += backlog.next(7.5, 1000, tenth * SECOND / 10).size();
        }

        assertThat(asked).isBetween(75, 76); // ten seconds, and one at once
    }

    @Test
    void aPauseIsNotMadeUpForByABurst() {
        backlog.add(watch(1, 1000));

        assertThat(backlog.next(10, 1000, 60 * SECOND)).hasSize(10);
        assertThat(backlog.next(0.5, 1000, 120 * SECOND)).hasSize(1);
    }

    @Test
    @Tag("sms-process.requests.max-open")
    void letsOutNoMoreThanThereIsRoomFor() {
        backlog.add(watch(1, 2));
        backlog.add(watch(2, 5));

        assertThat(ids(backlog.next(1000, 3, SECOND))).containsExactly(1024L, 1025L, 2048L);
        assertThat(ids(backlog.next(1000, 100, 2 * SECOND))).containsExactly(2049L, 2050L, 2051L, 2052L);
        assertThat(backlog.hasNext()).isFalse();
    }

    @Test
    @Tag("sms-process.requests.lease")
    void aPartIsKeptUntilItsLastAnswer() {
        backlog.add(watch(1, 2));
        List<QueryBacklog.Next> asked = backlog.next(1000, 100, SECOND);

        assertThat(backlog.leaseHalfOver(Duration.ofSeconds(60), 29 * SECOND)).isEmpty();
        assertThat(backlog.leaseHalfOver(Duration.ofSeconds(60), 31 * SECOND)).containsExactly(1L);
        assertThat(backlog.leaseHalfOver(Duration.ofSeconds(60), 32 * SECOND)).isEmpty();
        assertThat(asked.get(0).round().answered()).isFalse();
        assertThat(asked.get(1).round().answered()).isTrue();
        backlog.finished(asked.get(1).round());
        assertThat(backlog.parts()).isZero();
    }

    private static List<Long> ids(List<QueryBacklog.Next> asked) {
        return asked.stream().map(next -> next.message().mtId()).toList();
    }

    private static QueryWatches.Watch watch(long part, int messages) {
        List<SentMessage> open = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            open.add(new SentMessage(part * 1024 + i, "acme", "+34600000000", null, "id" + i));
        }
        return new QueryWatches.Watch(part, "acme", 1, open);
    }
}
