// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.DeliveryState;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.SettingsJson;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;

/** Campaigns: created as a draft, filled with recipients in bulk, then started, paused, resumed, cancelled. Thread-safe. */
public final class Deliveries {
    private static final String CREATE = "insert into delivery (id, account, label, template, settings, state)"
            + " values (?, ?, ?, ?, ?::jsonb, 'draft')";
    private static final String FIND = "select account, settings::text, state::text, open from delivery where id = ?";
    private static final String PAUSE_PARTS =
            "update delivery_part set paused = ? where delivery_id = ? and paused <> ?";
    /** Of one transaction: large enough to be cheap, small enough to hold nobody up. */
    private static final int PARTS_AT_ONCE = 20;

    private final Database database;
    private final WorkSignal signal;
    private final int partSize;
    private final IdBlocks partIds = IdBlocks.ofParts();
    private final IdBlocks deliveryIds = IdBlocks.ofDeliveries();

    public Deliveries(Database database, WorkSignal signal, IntakeSettings settings) {
        this.database = database;
        this.signal = signal;
        this.partSize = settings.partSize();
    }

    /**
     * A new draft.
     *
     * @param template of the text, or null when each recipient brings its own
     * @return its id
     */
    public CompletionStage<Long> create(
            String account, @Nullable String label, @Nullable String template, DeliverySettings settings) {
        return database.traffic().supply(connection -> {
            long id = deliveryIds.next(connection);
            try (Bulk statement = new Bulk(connection, CREATE)
                    .number(id)
                    .text(account)
                    .text(label)
                    .text(template)
                    .text(SettingsJson.write(settings))) {
                statement.update();
            }
            return id;
        });
    }

    /**
     * Adds recipients to a draft; those of one call are there together or not at all. Wait for the stage before the next call: that is
     * the backpressure.
     *
     * @return the messages' ids in order; fails with {@link WrongState} unless the delivery is a draft
     */
    public CompletionStage<List<Long>> addRecipients(long delivery, List<NewMt> recipients) {
        if (recipients.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return database.traffic().transaction(connection -> {
            Row row = find(connection, delivery, " for share").orElseThrow(() -> WrongState.unknown(delivery));
            if (row.state() != DeliveryState.DRAFT) {
                throw new WrongState(delivery, row.state(), "takes no recipients");
            }
            long[] parts = partIds.take(connection, (recipients.size() + partSize - 1) / partSize);
            for (int first = 0; first < parts.length; first += PARTS_AT_ONCE) {
                NewRows rows = new NewRows();
                for (int i = first; i < Math.min(parts.length, first + PARTS_AT_ONCE); i++) {
                    List<NewMt> some =
                            recipients.subList(i * partSize, Math.min(recipients.size(), (i + 1) * partSize));
                    rows.part(new NewRows.Part(parts[i], delivery, row.account(), row.settings(), true, some));
                }
                rows.insert(connection);
            }
            return new AcceptedIds(parts, partSize, 0, recipients.size());
        });
    }

    /** DRAFT to RUNNING; {@code sendAt} holds its parts back by itself. */
    public CompletionStage<Void> start(long delivery) {
        return change(delivery, DeliveryState.RUNNING, List.of(DeliveryState.DRAFT));
    }

    public CompletionStage<Void> pause(long delivery) {
        return change(delivery, DeliveryState.PAUSED, List.of(DeliveryState.RUNNING));
    }

    public CompletionStage<Void> resume(long delivery) {
        return change(delivery, DeliveryState.RUNNING, List.of(DeliveryState.PAUSED));
    }

    /**
     * Nothing more of it is taken; what waits in the queue is cancelled. The stage completes when all of that is done, and
     * the upkeep finishes it should this node stop before.
     */
    public CompletionStage<Void> cancel(long delivery) {
        List<DeliveryState> from = List.of(DeliveryState.DRAFT, DeliveryState.RUNNING, DeliveryState.PAUSED);
        return change(delivery, DeliveryState.CANCELLED, from)
                .thenCompose(cancelled -> Cancellation.ofQueued(database, delivery));
    }

    private CompletionStage<Void> change(long delivery, DeliveryState to, List<DeliveryState> from) {
        return database.traffic()
                .transaction(connection -> {
                    Row row = find(connection, delivery, " for update").orElseThrow(() -> WrongState.unknown(delivery));
                    if (row.state() != to) { // else asked for twice
                        if (row.open()) {
                            throw new WrongState(delivery, row.state(), "is shared by small requests that still come");
                        }
                        if (!from.contains(row.state())) {
                            throw new WrongState(delivery, row.state(), "cannot become " + WrongState.named(to));
                        }
                        setState(connection, delivery, to);
                        pauseParts(connection, delivery, to != DeliveryState.RUNNING);
                    }
                    return row.account();
                })
                .thenAccept(account -> {
                    if (to == DeliveryState.RUNNING) {
                        signal.publish(account);
                    }
                });
    }

    private static void setState(Connection connection, long delivery, DeliveryState state) throws SQLException {
        String sql = "update delivery set state = ?::delivery_state, open = false where id = ?";
        try (Bulk statement = new Bulk(connection, sql)
                .text(state.name().toLowerCase(Locale.ROOT))
                .number(delivery)) {
            statement.update();
        }
    }

    private static void pauseParts(Connection connection, long delivery, boolean paused) throws SQLException {
        try (Bulk statement =
                new Bulk(connection, PAUSE_PARTS).flag(paused).number(delivery).flag(paused)) {
            statement.update();
        }
    }

    private static Optional<Row> find(Connection connection, long delivery, String lock) throws SQLException {
        try (Bulk statement = new Bulk(connection, FIND + lock).number(delivery);
                var rows = statement.query()) {
            return rows.next()
                    ? Optional.of(new Row(
                            rows.getString(1),
                            SettingsJson.read(rows.getString(2)),
                            DeliveryState.of(rows.getString(3)),
                            rows.getBoolean(4)))
                    : Optional.empty();
        }
    }

    private record Row(String account, DeliverySettings settings, DeliveryState state, boolean open) {}

    /** The delivery does not exist or is not in a state for that. */
    public static final class WrongState extends RuntimeException {
        WrongState(long delivery, DeliveryState state, String why) {
            super("delivery " + delivery + " is " + named(state) + " and " + why);
        }

        private WrongState(String message) {
            super(message);
        }

        /** As the API calls it. */
        static String named(DeliveryState state) {
            return state.name().toLowerCase(Locale.ROOT);
        }

        static WrongState unknown(long delivery) {
            return new WrongState("there is no delivery " + delivery);
        }
    }
}
