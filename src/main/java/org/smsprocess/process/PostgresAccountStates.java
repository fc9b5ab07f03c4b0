// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountState;
import org.smsprocess.account.AccountStateStore;
import org.smsprocess.store.SqlLane;

/** What operators switch, in {@code account_state}. A null parameter leaves its column as it is. */
final class PostgresAccountStates implements AccountStateStore {
    private static final String LOAD = "select account, enabled, deliveries_paused from account_state";
    private static final String APPLY = "insert into account_state as a (account, enabled, deliveries_paused)"
            + " values (?, coalesce(?, true), coalesce(?, false))"
            + " on conflict (account) do update set enabled = coalesce(?, a.enabled),"
            + " deliveries_paused = coalesce(?, a.deliveries_paused), changed_at = now()"
            + " returning account, enabled, deliveries_paused";

    private final SqlLane lane;

    PostgresAccountStates(SqlLane lane) {
        this.lane = lane;
    }

    @Override
    public CompletionStage<Map<String, AccountState>> load() {
        return lane.supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
                return read(statement);
            }
        });
    }

    @Override
    public CompletionStage<AccountState> apply(String account, Switch change) {
        return lane.supply(connection -> apply(connection, account, change));
    }

    private static AccountState apply(Connection connection, String account, Switch change) throws SQLException {
        @Nullable
        Boolean enabled = switch (change) {
            case ENABLE -> true;
            case DISABLE -> false;
            case PAUSE_DELIVERIES, RESUME_DELIVERIES -> null;
        };
        @Nullable
        Boolean paused = switch (change) {
            case PAUSE_DELIVERIES -> true;
            case RESUME_DELIVERIES -> false;
            case ENABLE, DISABLE -> null;
        };
        try (PreparedStatement statement = connection.prepareStatement(APPLY)) {
            statement.setString(1, account);
            statement.setObject(2, enabled, Types.BOOLEAN);
            statement.setObject(3, paused, Types.BOOLEAN);
            statement.setObject(4, enabled, Types.BOOLEAN);
            statement.setObject(5, paused, Types.BOOLEAN);
            return read(statement).values().iterator().next();
        }
    }

    private static Map<String, AccountState> read(PreparedStatement statement) throws SQLException {
        Map<String, AccountState> states = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                states.put(rows.getString(1), new AccountState(rows.getBoolean(2), rows.getBoolean(3)));
            }
        }
        return states;
    }
}
