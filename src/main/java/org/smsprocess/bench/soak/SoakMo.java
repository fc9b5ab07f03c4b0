// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.SimulatorProcess;

/**
 * Compares the MO that the simulator made with the inbox, one by one: each has a sender of its own, which ends in its number. The simulator
 * goes on making them meanwhile, so two counts taken one after the other say nothing.
 *
 * @param answered that the simulator had made, all of them answered, before the inbox was read
 * @param lost of those, that are not in the inbox
 * @param doubled rows of the inbox beyond one for each sender, of any
 */
record SoakMo(long answered, long lost, long doubled) {
    /** The simulator's source-prefix is followed by as many digits; then its numbers begin again. */
    private static final int NUMBER_DIGITS = 6;

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** @throws BenchFailure if the simulator's MO find no taker, or the inbox cannot be read */
    static SoakMo compare(SoakDatabase database, SimulatorProcess simulator) {
        long[] answered = new long[1];
        Pause.until(
                () -> {
                    JsonNode mo = simulator.stats().at("/systemIds/0/traffic/mo");
                    answered[0] = mo.path("made").asLong();
                    return mo.path("pending").asLong() == 0;
                },
                STEP,
                PATIENCE,
                () -> "MO find no taker");
        try {
            return books(database, answered[0]);
        } catch (SQLException failed) {
            throw new BenchFailure("the inbox can't be read: " + failed.getMessage(), failed);
        }
    }

    private static SoakMo books(SoakDatabase database, long answered) throws SQLException {
        BitSet senders = new BitSet();
        long[] doubled = new long[1];
        // the fault garbage sends DELIVER_SM too, without a sender
        String numbers = "select right(sender, " + NUMBER_DIGITS + "), count(*) from inbox where sender ~ '[0-9]{"
                + NUMBER_DIGITS + "}$' group by sender";
        database.query(numbers, row -> {
            senders.set(Integer.parseInt(row.getString(1)));
            doubled[0] += row.getLong(2) - 1;
        });
        int known = Math.toIntExact(answered);
        return new SoakMo(answered, known - senders.get(0, known).cardinality(), doubled[0]);
    }

    boolean isClean() {
        return lost == 0 && doubled == 0;
    }
}
