// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.history;

import com.typesafe.config.Config;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.snapshot.JdbcSnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;

/**
 * Saves snapshots while their correlator goes on. An event-sourced actor takes nothing until its snapshot is saved, and a correlator's
 * has 16 octets an entry: SR would wait for megabytes to be written. Nothing relies on a snapshot's being there: the events before it
 * are deleted by what the table holds ({@link SqlHistoryPruner}), and one that could not be saved is made up for by the next.
 *
 * <p>A second snapshot of a correlator waits for the first, so at most two of each are in memory.
 */
public final class BackgroundSnapshotStore extends JdbcSnapshotStore {
    /** In pekko-persistence.conf. */
    static final String PLUGIN_ID = "sr-snapshot-store";

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundSnapshotStore.class);

    private final Map<String, Future<BoxedUnit>> saving = new HashMap<>();

    /** @param config of the plugin, as of {@link JdbcSnapshotStore} */
    public BackgroundSnapshotStore(Config config) {
        super(config);
    }

    /** Called by this actor, one after another. */
    @Override
    public Future<BoxedUnit> saveAsync(SnapshotMetadata metadata, Object snapshot) {
        Future<BoxedUnit> before = saving.remove(metadata.persistenceId());
        if (before != null && !before.isCompleted()) {
            return before.transformWith(done -> super.saveAsync(metadata, snapshot), ec());
        }
        Future<BoxedUnit> save = super.saveAsync(metadata, snapshot);
        saving.put(metadata.persistenceId(), save);
        save.failed()
                .foreach(
                        failure -> {
                            LOG.warn(
                                    "Snapshot of {} not saved, recovery reads its events instead: {}",
                                    metadata.persistenceId(),
                                    failure.toString());
                            return BoxedUnit.UNIT;
                        },
                        ec());
        return Future.successful(BoxedUnit.UNIT);
    }
}
