// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.intake.Intake.Accepted;

/**
 * The requests of one transaction, laid out in deliveries and parts. Big requests get a delivery and parts of their own; small ones of
 * the same account and settings share. Used once, by one thread.
 */
final class AcceptBatch {
    /** One call of {@link Intake#accept}. */
    record Request(String account, DeliverySettings settings, List<NewMt> mts, CompletableFuture<Accepted> accepted) {}

    /** What small requests share. */
    record Key(String account, DeliverySettings settings) {}

    private record Placed(Request request, Accepted accepted) {}

    private final IntakeSettings settings;
    private final SharedDeliveries shared;
    private final IdBlocks partIds;
    private final IdBlocks deliveryIds;
    private final Connection connection;
    private final NewRows rows = new NewRows();
    private final List<Placed> placed = new ArrayList<>();
    private final Map<Key, Long> opened = new HashMap<>();

    AcceptBatch(
            IntakeSettings settings,
            SharedDeliveries shared,
            IdBlocks partIds,
            IdBlocks deliveryIds,
            Connection connection) {
        this.settings = settings;
        this.shared = shared;
        this.partIds = partIds;
        this.deliveryIds = deliveryIds;
        this.connection = connection;
    }

    /** Commits; the requests are completed by {@link #complete()}. */
    void insert(List<Request> requests) throws SQLException {
        Map<Key, List<Request>> small = new HashMap<>();
        for (Request request : requests) {
            if (isSmall(request)) {
                small.computeIfAbsent(new Key(request.account(), request.settings()), key -> new ArrayList<>())
                        .add(request);
            } else {
                placeAlone(request);
            }
        }
        for (Map.Entry<Key, List<Request>> group : small.entrySet()) {
            placeTogether(group.getKey(), group.getValue());
        }
        rows.insert(connection);
    }

    void complete() {
        opened.forEach(shared::opened);
        placed.forEach(each -> each.request().accepted().complete(each.accepted()));
    }

    private boolean isSmall(Request request) {
        return request.mts().size() < settings.ownDeliveryFrom()
                && request.mts().size() <= settings.partSize()
                && request.settings().sendAt() == null;
    }

    private void placeAlone(Request request) throws SQLException {
        long delivery = deliveryIds.next(connection);
        rows.delivery(delivery, request.account(), request.settings(), false);
        List<NewMt> mts = request.mts();
        int size = settings.partSize();
        long[] parts = partIds.take(connection, (mts.size() + size - 1) / size);
        for (int i = 0; i < parts.length; i++) {
            List<NewMt> some = mts.subList(i * size, Math.min(mts.size(), (i + 1) * size));
            rows.part(new NewRows.Part(parts[i], delivery, request.account(), request.settings(), false, some));
        }
        placed.add(new Placed(request, new Accepted(delivery, new AcceptedIds(parts, size, 0, mts.size()))));
    }

    private void placeTogether(Key key, List<Request> requests) throws SQLException {
        long delivery = sharedDelivery(key);
        List<NewMt> mts = new ArrayList<>();
        long part = partIds.next(connection);
        for (Request request : requests) {
            if (mts.size() + request.mts().size() > settings.partSize()) {
                rows.part(new NewRows.Part(part, delivery, key.account(), key.settings(), false, mts));
                mts = new ArrayList<>();
                part = partIds.next(connection);
            }
            List<Long> ids = new AcceptedIds(
                    new long[] {part},
                    settings.partSize(),
                    mts.size(),
                    request.mts().size());
            placed.add(new Placed(request, new Accepted(delivery, ids)));
            mts.addAll(request.mts());
        }
        rows.part(new NewRows.Part(part, delivery, key.account(), key.settings(), false, mts));
    }

    private long sharedDelivery(Key key) throws SQLException {
        @Nullable Long open = shared.find(key);
        if (open != null) {
            return open;
        }
        long delivery = deliveryIds.next(connection);
        rows.delivery(delivery, key.account(), key.settings(), true);
        opened.put(key, delivery);
        return delivery;
    }
}
