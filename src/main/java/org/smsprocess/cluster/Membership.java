// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.smsprocess.cluster.NodeTable.Entrance;
import org.smsprocess.cluster.NodeTable.LiveNode;

/**
 * Brings this node into the cluster of its database and shows there, every heartbeat, that it lives.
 *
 * <pre>
 *   entering ──nobody lives: begin a cluster──────────────► member
 *      └─────others live: join them──► joining ──Up───────► member ──an older cluster lives──► the node ends
 *                                        └──not in time: enter again
 * </pre>
 *
 * Two clusters of one database can only come to be while nodes cannot reach it (their rows expire, another one starts). The younger one
 * gives way: its nodes end, and join the older one when they are started again.
 *
 * <p>A member that the others reach and the database does not is downed by them ({@link SilentMembers}).
 */
public final class Membership {
    /** What it takes. */
    public sealed interface Command {}

    private enum BeatDue implements Command {
        INSTANCE
    }

    private record Entered(Entrance entrance) implements Command {}

    private record Reachable(List<LiveNode> nodes) implements Command {}

    private record Beaten(List<LiveNode> others) implements Command {}

    private record Failed(Throwable cause) implements Command {}

    /** How soon it is seen that the cluster has let this node in. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A port that is closed refuses at once; no answer tells nothing, so waiting longer would not help. */
    private static final int PROBE_MILLIS = 500;

    private static final long NOT_IN_TABLE = 0;

    /**
     * @param board what this node says of its connections
     * @param others hears what the others say, every heartbeat
     */
    public static Behavior<Command> create(
            NodeTable table, ClusterSettings settings, Supplier<String> board, Consumer<List<LiveNode>> others) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Membership(context, timers, table, settings, board, others).start()));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final NodeTable table;
    private final ClusterSettings settings;
    private final Supplier<String> board;
    private final Consumer<List<LiveNode>> others;
    private final Cluster cluster;
    private final String address;
    private final SilentMembers silent;
    private boolean isAway;

    private Membership(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeTable table,
            ClusterSettings settings,
            Supplier<String> board,
            Consumer<List<LiveNode>> others) {
        this.context = context;
        this.timers = timers;
        this.table = table;
        this.settings = settings;
        this.board = board;
        this.others = others;
        this.cluster = Cluster.get(context.getSystem());
        this.silent = new SilentMembers(settings.nodeTtl(), settings.heartbeat().multipliedBy(2));
        this.address = hostPort(cluster.selfMember().address());
    }

    private Behavior<Command> start() {
        if (!settings.seedNodes().isEmpty() || isUp()) {
            return member(NOT_IN_TABLE);
        }
        return enter();
    }

    // States

    private Behavior<Command> entering() {
        return Behaviors.receive(Command.class)
                .onMessage(Entered.class, entered -> onEntered(entered.entrance()))
                .onMessage(Reachable.class, reachable -> onReachable(reachable.nodes()))
                .onMessage(Failed.class, this::onEnterFailed)
                .onMessage(BeatDue.class, due -> enter())
                .onMessage(Beaten.class, beaten -> Behaviors.same())
                .build();
    }

    private Behavior<Command> joining(long number, long untilNanos) {
        return Behaviors.receive(Command.class)
                .onMessage(BeatDue.class, due -> onJoinDue(number, untilNanos))
                .onMessage(Entered.class, late -> Behaviors.same())
                .onMessage(Reachable.class, late -> Behaviors.same())
                .onMessage(Beaten.class, late -> Behaviors.same())
                .onMessage(Failed.class, late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> beating(long number) {
        return Behaviors.receive(Command.class)
                .onMessage(BeatDue.class, due -> beat(number))
                .onMessage(Beaten.class, beaten -> onBeaten(number, beaten.others()))
                .onMessage(Failed.class, this::onBeatFailed)
                .onMessage(Entered.class, late -> Behaviors.same())
                .onMessage(Reachable.class, late -> Behaviors.same())
                .build();
    }

    // Transitions

    private Behavior<Command> enter() {
        context.pipeToSelf(
                table.enter(address),
                (entrance, failure) -> failure != null ? new Failed(failure) : new Entered(entrance));
        return entering();
    }

    private Behavior<Command> onEntered(Entrance entrance) {
        if (entrance.begun().isPresent()) {
            context.getLog()
                    .info(
                            "No other node lives: {} begins cluster {}",
                            address,
                            entrance.begun().getAsLong());
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            return member(entrance.begun().getAsLong());
        }
        Executor blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> refusing(entrance.others()), blocking)
                        .thenCompose(gone -> removed(entrance.others(), gone)),
                (nodes, failure) -> failure != null ? new Failed(failure) : new Reachable(nodes));
        return entering();
    }

    private Behavior<Command> onReachable(List<LiveNode> nodes) {
        if (nodes.isEmpty()) {
            return enter();
        }
        long number = nodes.get(0).cluster();
        List<Address> seeds = nodes.stream()
                .filter(node -> node.cluster() == number)
                .map(node -> AddressFromURIString.parse(ClusterSettings.address(node.address())))
                .toList();
        context.getLog().info("{} joins cluster {} at {}", address, number, seeds);
        cluster.manager().tell(new JoinSeedNodes(seeds));
        timers.startSingleTimer(BeatDue.INSTANCE, LOOK);
        return joining(number, System.nanoTime() + settings.joinTimeout().toNanos());
    }

    private Behavior<Command> onJoinDue(long number, long untilNanos) {
        if (isUp()) {
            return member(number);
        }
        if (System.nanoTime() - untilNanos > 0 && cluster.selfMember().status() != MemberStatus.joining()) {
            context.getLog()
                    .warn(
                            "Cluster {} lives, and has not let this node in for {} s: network, address of either, cluster.tls?",
                            number,
                            settings.joinTimeout().toSeconds());
            return enter();
        }
        timers.startSingleTimer(BeatDue.INSTANCE, LOOK);
        return Behaviors.same();
    }

    private Behavior<Command> onEnterFailed(Failed failed) {
        context.getLog().warn("Cannot look for other nodes: {}", failed.cause().toString());
        timers.startSingleTimer(BeatDue.INSTANCE, settings.heartbeat());
        return Behaviors.same();
    }

    private Behavior<Command> member(long number) {
        timers.startTimerWithFixedDelay(BeatDue.INSTANCE, Duration.ZERO, settings.heartbeat());
        return beating(number);
    }

    private Behavior<Command> beat(long number) {
        if (cluster.isTerminated()) {
            return Behaviors.stopped(); // this node leaves: it must not come back into the table
        }
        context.pipeToSelf(
                table.beat(address, number, board.get()),
                (live, failure) -> failure != null ? new Failed(failure) : new Beaten(live));
        return Behaviors.same();
    }

    private Behavior<Command> onBeaten(long number, List<LiveNode> live) {
        isAway = false;
        others.accept(live);
        boolean olderLives = live.stream().anyMatch(node -> node.cluster() != NOT_IN_TABLE && node.cluster() < number);
        if (olderLives) {
            context.getLog()
                    .error("An older cluster lives in this database: this node ends, to join it when started again");
            CoordinatedShutdown.get(context.getSystem()).runAll(CoordinatedShutdown.clusterDowningReason());
            return Behaviors.stopped();
        }
        downSilent(live);
        return Behaviors.same();
    }

    /** A member that the database does not hear has lost its leases: what it holds is served when it is a member no more. */
    private void downSilent(List<LiveNode> live) {
        Map<String, Address> up = new HashMap<>();
        for (Member member : cluster.state().getMembers()) {
            if (!member.equals(cluster.selfMember()) && isUp(member.status())) {
                up.put(hostPort(member.address()), member.address());
            }
        }
        List<String> shown = live.stream().map(LiveNode::address).toList();
        for (String gone : silent.look(System.nanoTime(), up.keySet(), shown)) {
            context.getLog()
                    .error(
                            "{} has not reached the database for {} s, this node has: the cluster goes on without it",
                            gone,
                            settings.nodeTtl()
                                    .plus(settings.heartbeat().multipliedBy(2))
                                    .toSeconds());
            cluster.manager().tell(new Down(up.get(gone)));
        }
    }

    private Behavior<Command> onBeatFailed(Failed failed) {
        if (!isAway) {
            isAway = true;
            context.getLog()
                    .warn(
                            "This node cannot show that it lives: {}",
                            failed.cause().toString());
        }
        return Behaviors.same();
    }

    private boolean isUp() {
        return isUp(cluster.selfMember().status());
    }

    private static boolean isUp(MemberStatus status) {
        return status == MemberStatus.up() || status == MemberStatus.weaklyUp();
    }

    private static String hostPort(Address address) {
        return address.getHost().orElseThrow() + ":" + address.getPort().orElseThrow();
    }

    /** A node that was killed has no port any more; one that is cut off may yet live. */
    private static List<LiveNode> refusing(List<LiveNode> nodes) {
        return nodes.stream().filter(Membership::refuses).toList();
    }

    private CompletionStage<List<LiveNode>> removed(List<LiveNode> all, List<LiveNode> gone) {
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (LiveNode node : gone) {
            done = done.thenCompose(before -> table.remove(node.incarnation()));
        }
        return done.thenApply(
                removed -> all.stream().filter(node -> !gone.contains(node)).toList());
    }

    private static boolean refuses(LiveNode node) {
        int colon = node.address().lastIndexOf(':');
        int port = Integer.parseInt(node.address().substring(colon + 1));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(node.address().substring(0, colon), port), PROBE_MILLIS);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException other) {
            return false;
        }
    }
}
