// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import java.util.Random;

/** Node, PostgreSQL and simulator, and what a fault means to them. Each fault returns when its cause is gone. */
final class SoakPlant {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration START = Duration.ofSeconds(120);

    private final SoakDatabase database;
    private final SimulatorProcess simulator;
    private final SoakNode node;
    private final Random random;
    private int kills;

    SoakPlant(Workbench bench, SoakSettings settings, Random random) {
        this.random = random;
        database = new SoakDatabase(bench);
        simulator = SimulatorProcess.start(bench, SoakSettings.SIMULATOR);
        node = new SoakNode(bench, database, simulator, settings);
    }

    void strike(SoakFault fault) throws InterruptedException {
        if (fault.isOfSmsc()) {
            Duration time = between(3, 12);
            simulator.strike(fault.json(time, random.nextBoolean()));
            Pause.of(time);
            return;
        }
        switch (fault) {
            case KILL -> {
                kills++;
                node.kill();
            }
            case TERM -> {
                node.stop();
                node.again();
            }
            case PAUSE -> {
                node.signal(Signal.STOP);
                Pause.of(between(4, 25));
                node.signal(Signal.CONT);
            }
            case PG_KILL -> {
                kills++;
                database.kill();
                awaitDatabase();
            }
            case PG_IMMEDIATE -> {
                database.stopImmediately();
                awaitDatabase();
            }
            case PG_STOP -> {
                database.stop();
                Pause.of(between(5, 30));
                database.startAgain();
            }
            default -> throw new IllegalArgumentException(fault.word());
        }
    }

    private void awaitDatabase() {
        Pause.of(STEP);
        Pause.until(database::isUp, STEP, START, () -> "PostgreSQL does not come back");
    }

    private Duration between(int seconds, int most) {
        return Duration.ofMillis(1000L * seconds + random.nextInt(1000 * (most - seconds)));
    }

    /** SUBMIT_SM that the simulator accepted so far. */
    long accepted() {
        return simulator.stats().at("/systemIds/0/traffic/accepted").asLong();
    }

    SoakDatabase database() {
        return database;
    }

    SimulatorProcess simulator() {
        return simulator;
    }

    SoakNode node() {
        return node;
    }

    /** kill -9, of node or database. */
    int kills() {
        return kills;
    }
}
