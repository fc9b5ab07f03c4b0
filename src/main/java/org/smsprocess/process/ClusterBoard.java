// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.cluster.NodeTable.LiveNode;
import org.smsprocess.connection.ConnectionBoard;
import org.smsprocess.connection.ConnectionView;

/** The connections of this node as they are now, and those of the others as they were at their last heartbeat. Thread-safe. */
final class ClusterBoard implements ConnectionBoard {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterBoard.class);
    private static final TypeReference<List<ConnectionView>> VIEWS = new TypeReference<>() {};
    /** A newer node may say more, an older one less. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ConnectionBoard own;
    private volatile List<ConnectionView> others = List.of();

    ClusterBoard(ConnectionBoard own) {
        this.own = own;
    }

    /** What the others are to show of this node. */
    String published() {
        try {
            return JSON.writeValueAsString(own.connections());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void others(List<LiveNode> nodes) {
        List<ConnectionView> views = new ArrayList<>();
        for (LiveNode node : nodes) {
            if (!node.board().isEmpty()) {
                try {
                    views.addAll(JSON.readValue(node.board(), VIEWS));
                } catch (JsonProcessingException foreign) {
                    LOG.debug("{} shows its connections in a way this version cannot read", node.address(), foreign);
                }
            }
        }
        others = views;
    }

    @Override
    public List<ConnectionView> connections() {
        List<ConnectionView> all = new ArrayList<>(own.connections());
        all.addAll(others);
        all.sort(Comparator.comparing(ConnectionView::account).thenComparing(ConnectionView::slot));
        return all;
    }
}
