// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.store.SqlLane;

/** Fixes in the database a number that a hash is divided by: a node with another one would look where nothing is. */
public enum BucketCount {
    /** With another number, SR would be looked for where their MT are not. */
    SR("sms-process.sr.buckets", "it cannot be changed while messages await their SR"),
    /** With another number on another node, parts of one MO would not meet. */
    MO(
            "sms-process.mo.buckets",
            "to change it, end all nodes while no MO come and run: delete from correlator_layout where name = 'mo'");

    private final String key;
    private final String advice;

    BucketCount(String key, String advice) {
        this.key = key;
        this.advice = advice;
    }

    /**
     * Sets the number at first use; to be called before the first hash is divided by it.
     *
     * @return the number; fails with {@link InvalidSettings} when another number is in use
     */
    public CompletionStage<Integer> fix(SqlLane lane, int buckets) {
        return lane.transaction(connection -> {
            try (PreparedStatement set = connection.prepareStatement("insert into correlator_layout (name, buckets) "
                    + "values (?, ?) on conflict (name) do update set buckets = correlator_layout.buckets "
                    + "returning buckets")) {
                set.setString(1, name().toLowerCase(Locale.ROOT));
                set.setInt(2, buckets);
                try (ResultSet row = set.executeQuery()) {
                    check(row, buckets);
                }
            }
            return buckets;
        });
    }

    private void check(ResultSet row, int buckets) throws SQLException {
        row.next();
        int inUse = row.getInt(1);
        if (inUse != buckets) {
            throw new InvalidSettings(List.of(new SettingsProblem(
                    "the database",
                    key,
                    "= " + buckets + ", but this database has been used with " + inUse + ": set it to " + inUse + " ("
                            + advice + ")")));
        }
    }
}
