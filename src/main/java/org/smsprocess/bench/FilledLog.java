// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.PostgresServer;

/**
 * A delivery log with messages of former days, all delivered, 1000 by delivery. They lie below the ids that the node gives out, as those of
 * a log that has grown do.
 */
final class FilledLog {
    /** Of parts and deliveries: what the node makes lies above. */
    private static final int FIRST_ID = 1 << 17;

    private static final int PART_BITS = 20;
    private static final int BY_DELIVERY = 1000;
    static final int MOST_ROWS = (FIRST_ID - 1) * BY_DELIVERY;
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String MESSAGES = """
            insert into message (id, account, delivery_id, recipient, body, status, parts, provider_message_id,
                                 created_at, submitted_at, sent_at, final_at)
            select (%1$d + 1 + g / 1000) * 1024 + g %% 1000, 'bench', 1 + g / 1000, '+' || 41790000000 + g,
                   'Your parcel of old-' || g || ' arrives today between 2 and 4 pm. Tell us if you are out.',
                   'delivered', 1, (1000000000 + g)::text, now(), now(), now(), now()
              from generate_series(0::bigint, %2$d - 1) g
            """;
    private static final String DELIVERIES = """
            insert into delivery (id, account, settings, state, created_at, completed_at)
            select g, 'bench', '{}', 'completed', now(), now() from generate_series(1, %d) g on conflict do nothing
            """;
    private static final String RANGES = """
            insert into delivery_range (delivery_id, part_id, messages)
            select g, %d + g, 1000 from generate_series(1, %d) g on conflict do nothing
            """;

    private final PostgresServer postgres;

    /** To be made before the node has taken its first id. */
    FilledLog(PostgresServer postgres) {
        this.postgres = postgres;
        postgres.execute("select setval('delivery_id', greatest(last_value, " + FIRST_ID + ")) from delivery_id");
        beginParts(FIRST_ID);
    }

    /** Replaces whatever is in the log. Nothing may be under way. */
    void fill(int rows) {
        awaitQuiet();
        postgres.execute("truncate message, delivery, delivery_range");
        add(0, rows);
        settle();
    }

    /** As if the partitions 0 to {@code partitions - 1} had been filled, and the next one begun. The node makes its own ids afterwards. */
    void fillPartitions(int partitions, int rows) {
        awaitQuiet();
        beginParts((long) partitions << PART_BITS);
        Pause.until(
                () -> !postgres.text("select to_regclass('message_" + partitions + "')")
                        .equals("null"),
                STEP,
                PATIENCE,
                () -> "the node makes no partition " + partitions);
        postgres.execute("truncate message, delivery, delivery_range");
        for (int number = 0; number < partitions; number++) {
            add((long) number << PART_BITS, rows);
            postgres.execute("insert into message_partition (number) values (" + number + ") on conflict do nothing");
        }
        settle();
    }

    /** Partitions in the retention's books. */
    int partitions() {
        return (int) postgres.numbers("select count(*) from message_partition")[0];
    }

    private void beginParts(long first) {
        postgres.execute("select setval('part_id', greatest(last_value, " + first + ")) from part_id");
    }

    private void add(long firstPart, int rows) {
        int deliveries = (rows + BY_DELIVERY - 1) / BY_DELIVERY;
        postgres.execute(MESSAGES.formatted(firstPart, rows));
        postgres.execute(DELIVERIES.formatted(deliveries));
        postgres.execute(RANGES.formatted(firstPart, deliveries));
    }

    /** What autovacuum would have done by the time. */
    private void settle() {
        postgres.execute("vacuum (analyze) message");
        postgres.execute("vacuum (analyze) delivery");
        postgres.execute("vacuum (analyze) delivery_range");
        postgres.execute("checkpoint");
    }

    /** Upkeep completes the deliveries of the run before; it must not find them gone. */
    private void awaitQuiet() {
        Pause.until(
                () -> postgres.numbers("select count(*) from delivery where completed_at is null and not open")[0] == 0,
                STEP,
                PATIENCE,
                () -> "deliveries are not completed");
    }
}
