// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.smsprocess.store.SqlLane;

/** Fixes {@code sms-process.sr.buckets} in the database: with another number, SR would be looked for where their MT are not. */
public final class BucketCount {
    private BucketCount() {}

    /**
     * Sets the number at first use; to be called before {@link SrCorrelators#init}.
     *
     * @return the number; fails with an {@link IllegalStateException} when another number is in use
     */
    public static CompletionStage<Integer> fix(SqlLane lane, int buckets) {
        return lane.transaction(connection -> {
            try (PreparedStatement set = connection.prepareStatement("insert into correlator_layout (name, buckets) "
                    + "values ('sr', ?) on conflict (name) do update set buckets = correlator_layout.buckets "
                    + "returning buckets")) {
                set.setInt(1, buckets);
                try (ResultSet row = set.executeQuery()) {
                    check(row, buckets);
                }
            }
            return buckets;
        });
    }

    private static void check(ResultSet row, int buckets) throws SQLException {
        row.next();
        int inUse = row.getInt(1);
        if (inUse != buckets) {
            throw new IllegalStateException(
                    "sms-process.sr.buckets = " + buckets + ", but this database has been used with " + inUse
                            + ": set it to " + inUse + " (it cannot be changed while messages await their SR)");
        }
    }
}
