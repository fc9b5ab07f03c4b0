// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Ids from a sequence that counts in blocks of 32, so that an id rarely costs a round trip. What is left of a block is dropped after a
 * while: part ids must not be older than the partitions made ahead of them. Thread-safe.
 */
public final class IdBlocks {
    private static final int BLOCK = 32;
    private static final long USABLE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final String sequence;
    private long next;
    private int left;
    private long takenAtNanos;

    private IdBlocks(String sequence) {
        this.sequence = sequence;
    }

    public static IdBlocks ofParts() {
        return new IdBlocks("part_id");
    }

    public static IdBlocks ofDeliveries() {
        return new IdBlocks("delivery_id");
    }

    public synchronized long next(Connection connection) throws SQLException {
        return take(connection, 1)[0];
    }

    public synchronized long[] take(Connection connection, int count) throws SQLException {
        long[] ids = new long[count];
        if (System.nanoTime() - takenAtNanos > USABLE_NANOS) {
            left = 0;
        }
        int filled = 0;
        while (filled < count && left > 0) {
            ids[filled++] = next++;
            left--;
        }
        if (filled < count) {
            refill(connection, ids, filled);
        }
        return ids;
    }

    private void refill(Connection connection, long[] ids, int from) throws SQLException {
        int filled = from;
        int blocks = (ids.length - from + BLOCK - 1) / BLOCK;
        try (Bulk statement = new Bulk(connection, "select nextval(?::regclass) from generate_series(1, ?)")
                        .text(sequence)
                        .integer(blocks);
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                long first = rows.getLong(1);
                int used = Math.min(BLOCK, ids.length - filled);
                for (int i = 0; i < used; i++) {
                    ids[filled++] = first + i;
                }
                next = first + used;
                left = BLOCK - used;
            }
        }
        takenAtNanos = System.nanoTime();
    }
}
