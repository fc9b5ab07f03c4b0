// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smsprocess.store.Database;

/** Forgets old MO, and fingerprints that have served, in bounded batches. Harmless on several nodes at once. */
public final class InboxCleaner {
    /** Of one transaction: large enough to be cheap, small enough to hold nobody up. */
    private static final int BATCH = 5000;

    // The oldest are first by id, too; so this never looks at more than one batch
    private static final String OLD = """
            delete from inbox where id in (
                select id from (select id, stored_at from inbox order by id limit ?) as oldest
                where stored_at < now() - make_interval(secs => ?))""";

    private static final String SEEN = """
            delete from mo_seen where key in (
                select key from mo_seen where until < now() order by key limit ? for update skip locked)""";

    private final Database database;
    private final Duration retention;

    public InboxCleaner(Database database, Duration retention) {
        this.database = database;
        this.retention = retention;
    }

    /** @return rows deleted */
    public CompletionStage<Integer> clean() {
        return cleanInbox(0).thenCompose(this::cleanSeen);
    }

    private CompletionStage<Integer> cleanInbox(int before) {
        if (retention.isZero()) {
            return CompletableFuture.completedStage(before);
        }
        return database.queries()
                .supply(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(OLD)) {
                        statement.setInt(1, BATCH);
                        statement.setDouble(2, retention.toSeconds());
                        return statement.executeUpdate();
                    }
                })
                .thenCompose(deleted -> deleted < BATCH
                        ? CompletableFuture.completedStage(before + deleted)
                        : cleanInbox(before + deleted));
    }

    private CompletionStage<Integer> cleanSeen(int before) {
        return database.queries()
                .supply(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
                        statement.setInt(1, BATCH);
                        return statement.executeUpdate();
                    }
                })
                .thenCompose(deleted -> deleted < BATCH
                        ? CompletableFuture.completedStage(before + deleted)
                        : cleanSeen(before + deleted));
    }
}
