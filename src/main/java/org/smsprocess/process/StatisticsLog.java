// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.connection.ConnectionView;
import org.smsprocess.connection.LiveBoard;
import org.smsprocess.delivery.queue.Settlement;

/**
 * Writes one line for each account to the log {@code org.smsprocess.statistics}, every log-statistics-period:
 *
 * <pre>
 * acme: 4 of 4 bound, window 37/40, submitted 812.4/s, answered 812.1/s, received 640.0/s, sent 48720, failed 12, in doubt 0
 * </pre>
 *
 * Rates and counts are of the period, and of this node.
 */
final class StatisticsLog extends AbstractBehavior<StatisticsLog.Command> {
    private static final Logger LOG = LoggerFactory.getLogger("org.smsprocess.statistics");

    /** What it takes. */
    sealed interface Command {}

    private enum LineDue implements Command {
        INSTANCE
    }

    /** What was counted until a line. */
    private record Counted(long submitted, long answered, long received, long sent, long failed, long inDoubt) {
        static final Counted NONE = new Counted(0, 0, 0, 0, 0, 0);
    }

    private final LiveBoard board;
    private final Supplier<Collection<String>> accounts;
    private final double seconds;
    private final Map<String, Counted> before = new HashMap<>();

    static Behavior<Command> create(LiveBoard board, Supplier<Collection<String>> accounts, Duration period) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerAtFixedRate(LineDue.INSTANCE, period);
            return new StatisticsLog(context, board, accounts, period);
        }));
    }

    private StatisticsLog(
            ActorContext<Command> context, LiveBoard board, Supplier<Collection<String>> accounts, Duration period) {
        super(context);
        this.board = board;
        this.accounts = accounts;
        this.seconds = period.toMillis() / 1000.0;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(LineDue.class, due -> {
                    accounts.get().forEach(account -> LOG.info("{}", line(account)));
                    return this;
                })
                .build();
    }

    private String line(String account) {
        List<ConnectionView> slots = board.connections().stream()
                .filter(slot -> slot.account().equals(account))
                .toList();
        Counted now = counted(account, slots);
        Counted last = before.getOrDefault(account, Counted.NONE);
        before.put(account, now);
        return String.format(
                Locale.ROOT,
                "%s: %d of %d bound, window %d/%d, submitted %.1f/s, answered %.1f/s, received %.1f/s,"
                        + " sent %d, failed %d, in doubt %d",
                account,
                slots.stream()
                        .filter(slot -> slot.state() == ConnectionView.State.BOUND)
                        .count(),
                slots.size(),
                slots.stream().mapToInt(ConnectionView::windowUsed).sum(),
                slots.stream().mapToInt(ConnectionView::windowSize).sum(),
                perSecond(now.submitted(), last.submitted()),
                perSecond(now.answered(), last.answered()),
                perSecond(now.received(), last.received()),
                now.sent() - last.sent(),
                now.failed() - last.failed(),
                now.inDoubt() - last.inDoubt());
    }

    /** A slot that moved to another node takes its counts along, hence never less than none. */
    private double perSecond(long now, long last) {
        return Math.max(0, now - last) / seconds;
    }

    private Counted counted(String account, List<ConnectionView> slots) {
        return new Counted(
                slots.stream().mapToLong(ConnectionView::submitted).sum(),
                slots.stream().mapToLong(ConnectionView::answered).sum(),
                slots.stream().mapToLong(ConnectionView::received).sum(),
                board.settled(account, Settlement.Kind.SENT) + board.settled(account, Settlement.Kind.VERIFIED),
                board.settled(account, Settlement.Kind.FAILED),
                board.settled(account, Settlement.Kind.IN_DOUBT));
    }
}
