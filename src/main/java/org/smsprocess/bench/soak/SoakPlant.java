// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.PostgresServer;
import org.smsprocess.bench.plant.Signal;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/** Nodes, PostgreSQL and simulator, and what a fault means to them. Each fault returns when its cause is gone. */
final class SoakPlant {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration START = Duration.ofSeconds(120);
    /** From a fault to the end of all of the struck node's connections, at the latest. */
    private static final Duration STRIKE_SHOWS = Duration.ofSeconds(20);
    /** So long no connection may be missing. */
    private static final Duration STEADY = Duration.ofSeconds(1);

    private static final Duration RECOVERY = Duration.ofMinutes(4);

    private final SoakSettings settings;
    private final SoakDatabase database;
    private final SimulatorProcess simulator;
    private final SoakNetwork network;
    private final List<SoakNode> nodes = new ArrayList<>();
    private final List<SoakRelay> relays = new ArrayList<>();
    private final SoakBinds binds;
    private final SoakStrikes strikes;
    private final Random random;
    private int kills;

    SoakPlant(Workbench bench, SoakSettings settings, SoakStrikes strikes, Random random) {
        this.settings = settings;
        this.strikes = strikes;
        this.random = random;
        database = new SoakDatabase(bench);
        network = settings.faults().stream().anyMatch(SoakFault::isPartition)
                ? SoakNetwork.partible(bench, settings.nodes())
                : SoakNetwork.loopback(settings.nodes());
        simulator = SimulatorProcess.start(bench, network.hub(), settings.simulator());
        if (settings.isCluster()) {
            for (int number = 1; number <= settings.nodes(); number++) {
                SoakRelay relay = bench.add(new SoakRelay(network.hubAddress(), database.port()));
                relays.add(relay);
                PostgresServer.Address address = database.addressAt(network.hub(), relay.port());
                nodes.add(new SoakNode(bench, network.place(number), address, simulator, settings));
            }
            nodes.forEach(SoakNode::awaitReady);
            nodes.forEach(SoakNode::supervise);
        } else {
            nodes.add(new SoakNode(bench, NodeProcess.Place.HERE, database.address(), simulator, settings));
            nodes.get(0).awaitReady();
        }
        binds = new SoakBinds(bench, simulator, settings.slots());
        awaitWhole();
    }

    /** Strikes a node drawn by chance, or what all share; a fault of one of several nodes until the others have taken over. */
    void strike(SoakFault fault) throws InterruptedException {
        Instant start = Instant.now();
        if (fault.isOfSmsc()) {
            Duration time = between(3, 12);
            simulator.strike(fault.json(time, random.nextBoolean()));
            Pause.of(time);
            strikes.struck(fault, start, settings.allWindows());
            return;
        }
        int number = settings.isCluster() ? random.nextInt(nodes.size()) : 0;
        SoakNode node = nodes.get(number);
        int windows = settings.isCluster() && isOfNode(fault) ? node.windows(settings) : settings.allWindows();
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        if (isOfNode(fault)) {
            strikeNode(fault, number, nanos);
        } else {
            strikeDatabase(fault);
        }
        strikes.struck(fault, now, windows);
        if (settings.isCluster() && fault == SoakFault.KILL) {
            strikes.recovered(fault, awaitRebound(nanos));
        }
    }

    private void strikeNode(SoakFault fault, int number, long nanos) throws InterruptedException {
        SoakNode node = nodes.get(number);
        switch (fault) {
            case KILL -> {
                kills++;
                node.kill();
            }
            case TERM -> node.stopAndStart();
            case PAUSE -> {
                node.signal(Signal.STOP);
                hold(fault, nanos);
                node.signal(Signal.CONT);
            }
            case PARTITION -> {
                network.cut(number + 1);
                hold(fault, nanos);
                network.heal(number + 1);
            }
            case PARTITION_PG -> {
                network.cut(number + 1);
                relays.get(number).cut();
                hold(fault, nanos);
                network.heal(number + 1);
                relays.get(number).heal();
            }
            case PG_CUT -> {
                relays.get(number).cut();
                hold(fault, nanos);
                relays.get(number).heal();
            }
            default -> throw new IllegalArgumentException(fault.word());
        }
    }

    private void strikeDatabase(SoakFault fault) throws InterruptedException {
        switch (fault) {
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

    private static boolean isOfNode(SoakFault fault) {
        return switch (fault) {
            case KILL, TERM, PAUSE, PARTITION, PARTITION_PG, PG_CUT -> true;
            default -> false;
        };
    }

    /** One of several: for its whole time, in which the others take over; the only one: for a while. */
    private void hold(SoakFault fault, long fromNanos) {
        if (!settings.isCluster()) {
            Pause.of(between(4, 25));
            return;
        }
        strikes.recovered(fault, awaitRebound(fromNanos));
        Pause.of(settings.outage().minusNanos(System.nanoTime() - fromNanos));
    }

    /** @return seconds until the connections that ended are all bound elsewhere */
    private double awaitRebound(long fromNanos) {
        while (!binds.missedSince(fromNanos) && System.nanoTime() - fromNanos < STRIKE_SHOWS.toNanos()) {
            Pause.of(STEP);
        }
        awaitBound();
        return binds.secondsMissing(fromNanos);
    }

    private void awaitBound() {
        Pause.until(
                () -> binds.areAll() && !binds.missedSince(System.nanoTime() - STEADY.toNanos()),
                STEP,
                RECOVERY,
                () -> nodes.get(0).complaint("the connections are not all bound again"));
    }

    /** Returns when all nodes are in again and each has its share of the connections; at once for a single one. */
    void awaitWhole() {
        if (settings.isCluster()) {
            Pause.until(
                    this::isWhole,
                    STEP.multipliedBy(5),
                    RECOVERY,
                    () -> nodes.stream()
                            .map(node -> node.complaint(node.name() + " has " + node.bound() + " connections"))
                            .collect(Collectors.joining("\n")));
        }
    }

    private boolean isWhole() {
        int least = settings.slots() / nodes.size();
        int most = (settings.slots() + nodes.size() - 1) / nodes.size();
        return binds.areAll()
                && nodes.stream().allMatch(node -> {
                    int bound = node.bound();
                    return bound >= least && bound <= most;
                });
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

    List<SoakNode> nodes() {
        return nodes;
    }

    /** Nodes that ended by themselves are started again. */
    void keepUp() {
        nodes.forEach(SoakNode::keepUp);
    }

    String complaint(String what) {
        return nodes.stream().map(node -> node.complaint(what)).collect(Collectors.joining("\n"));
    }

    /** The most connections at any instant, by the simulator's count. */
    int maxBinds() {
        return binds.most();
    }

    /** kill -9, of node or database. */
    int kills() {
        return kills;
    }
}
