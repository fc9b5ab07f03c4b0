// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.SimulatorProcess;

/** Compares what was acknowledged, the delivery log and the simulator's record, message by message. Used once, when all is settled. */
final class SoakBooks {
    private static final Pattern TAG = Pattern.compile(SoakLoad.TAG + "(\\d+)([ab]) ");
    private static final int SAMPLES = 5;
    private static final String LOG =
            "select body, status::text, resends, sent_at is not null, coalesce(error, '') from message order by id";

    /** Counts of messages; {@code unmarkedDuplicates}: arrived more often than the log says. */
    static final class Counts {
        long accepted;
        long sent;
        long delivered;
        long failed;
        long inDoubt;
        long awaitingSr;
        long lost;
        long duplicates;
        long unmarkedDuplicates;
        long resends;
        /** In the log twice, or at the SMSC without being in the log. */
        long unexplained;

        final Map<String, Long> failures = new TreeMap<>();
        final List<String> samples = new ArrayList<>();

        boolean isClean() {
            return lost == 0 && unmarkedDuplicates == 0 && unexplained == 0;
        }

        private void sample(String what) {
            if (samples.size() < SAMPLES) {
                samples.add(what);
            }
        }
    }

    private final Counts counts = new Counts();
    private final Map<Integer, int[]> arrived = new HashMap<>();
    private final Map<Integer, Instant> firstArrivals = new HashMap<>();
    private final SoakStrikes strikes;

    private SoakBooks(SoakStrikes strikes) {
        this.strikes = strikes;
    }

    /** @param strikes hears of each duplicate */
    static Counts compare(BitSet acknowledged, SoakDatabase database, SimulatorProcess simulator, SoakStrikes strikes) {
        SoakBooks books = new SoakBooks(strikes);
        try (Stream<JsonNode> received = simulator.received()) {
            received.forEach(message -> books.arrived(
                    message.path("text").asText(), message.path("receivedAt").asText()));
        }
        BitSet logged = new BitSet();
        try {
            database.query(
                    LOG,
                    row -> books.logged(
                            logged,
                            row.getString(1),
                            row.getString(2),
                            row.getInt(3),
                            row.getBoolean(4),
                            row.getString(5)));
        } catch (SQLException failed) {
            throw new BenchFailure("the delivery log can't be read: " + failed.getMessage(), failed);
        }
        books.missing(acknowledged, logged);
        return books.counts;
    }

    private void arrived(String text, String when) {
        Matcher tag = TAG.matcher(text);
        if (tag.find()) {
            int part = tag.group(2).equals("a") ? 0 : 1;
            Integer number = Integer.valueOf(tag.group(1));
            arrived.computeIfAbsent(number, first -> new int[2])[part]++;
            if (part == 0) {
                firstArrivals.merge(number, Instant.parse(when), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
    }

    private void logged(BitSet logged, String body, String status, int resends, boolean wasSent, String error) {
        Matcher tag = TAG.matcher(body);
        if (!tag.find()) {
            return;
        }
        int number = Integer.parseInt(tag.group(1));
        if (logged.get(number)) {
            counts.unexplained++;
            counts.sample("message " + number + " is in the log twice");
        }
        logged.set(number);
        counts.accepted++;
        counts.resends += resends;
        counts.sent += wasSent || status.equals("delivered") ? 1 : 0;
        int[] copies = arrived.getOrDefault(number, new int[2]);
        count(number, status, copies, error);
        // part 1 leaves last: without it no handset shows the text, and the others may be sent again without harm
        compareCopies(number, copies[0], status, resends);
    }

    private void count(int number, String status, int[] copies, String error) {
        switch (status) {
            case "delivered" -> counts.delivered++;
            case "sent" -> counts.awaitingSr++;
            case "failed" -> {
                counts.failed++;
                counts.failures.merge(error, 1L, Long::sum);
            }
            case "held", "in_doubt" -> counts.inDoubt++;
            default -> lost(number, "is " + status + " for ever");
        }
        boolean isComplete = copies[0] > 0 && (SoakLoad.parts(number) == 1 || copies[1] > 0);
        if ((status.equals("delivered") || status.equals("sent")) && !isComplete) {
            lost(number, "is " + status + " and never arrived");
        }
    }

    private void compareCopies(int number, int copies, String status, int resends) {
        if (copies > 1) {
            counts.duplicates += copies - 1;
            strikes.duplicated(firstArrivals.getOrDefault(number, Instant.EPOCH), copies - 1);
        }
        if (copies > 1 + resends) {
            counts.unmarkedDuplicates += copies - 1 - resends;
            counts.sample("message " + number + " arrived " + copies + " times, is " + status + " with " + resends
                    + " resends");
        }
    }

    private void missing(BitSet acknowledged, BitSet logged) {
        acknowledged.andNot(logged);
        acknowledged.stream().forEach(number -> lost(number, "was acknowledged and is not in the log"));
        arrived.keySet().stream().filter(number -> !logged.get(number)).forEach(number -> {
            counts.unexplained++;
            counts.sample("message " + number + " arrived and is not in the log");
        });
    }

    private void lost(int number, String why) {
        counts.lost++;
        counts.sample("message " + number + " " + why);
    }
}
