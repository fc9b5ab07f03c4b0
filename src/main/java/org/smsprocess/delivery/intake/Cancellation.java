// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.store.Database;

/** Cancels what a cancelled delivery still has in the queue, in small transactions; may be repeated and run at several places. */
public final class Cancellation {
    /** Of one transaction: large enough to be cheap, small enough to hold nobody up. */
    private static final int PARTS_AT_ONCE = 50;

    private static final String TAKE = "select id from delivery_part where delivery_id = ? and owner is null"
            + " order by id limit " + PARTS_AT_ONCE + " for update skip locked";
    private static final String OF_RANGES = "update message m set status = 'cancelled', final_at = now()"
            + " from (select inside.id from delivery_part p cross join lateral (select id from message"
            + " where id >= p.id * 1024 and id < p.id * 1024 + 1024 offset 0) inside"
            + " where p.id = any(?) and p.mt_ids is null) u"
            + " where m.id = u.id and m.retry_part is null and m.status in ('queued', 'submitting')";
    private static final String OF_RETRIES = "update message m set status = 'cancelled', final_at = now(),"
            + " error = case when m.status = 'in_doubt' then 'in doubt, cancelled before it was sent again' else m.error end"
            + " from delivery_part p, unnest(p.mt_ids) as u(id) where p.id = any(?) and m.id = u.id"
            + " and m.retry_part = p.id and m.status in ('queued', 'submitting', 'in_doubt')";
    private static final String DELETE = "delete from delivery_part where id = any(?)";

    private Cancellation() {}

    public static CompletionStage<Void> ofQueued(Database database, long delivery) {
        return database.traffic()
                .transaction(connection -> some(connection, delivery))
                .thenCompose(count ->
                        count < PARTS_AT_ONCE ? CompletableFuture.completedFuture(null) : ofQueued(database, delivery));
    }

    private static int some(Connection connection, long delivery) throws SQLException {
        long[] parts;
        try (Bulk statement = new Bulk(connection, TAKE).number(delivery);
                ResultSet rows = statement.query()) {
            parts = Bulk.longs(rows);
        }
        if (parts.length > 0) {
            for (String sql : new String[] {OF_RANGES, OF_RETRIES, DELETE}) {
                try (Bulk statement = new Bulk(connection, sql).longs(parts)) {
                    statement.update();
                }
            }
        }
        return parts.length;
    }
}
