// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.WritePace;
import org.smsprocess.store.Database;

/**
 * Writes final SR to the delivery log: what came in while the last transactions ran goes in the next one. {@link Logged} follows the
 * commit. While the database is away it tries again with a growing delay; above {@code delivery-log.max-waiting} it takes no more and
 * does not acknowledge them, so the sender, who sends again what is not acknowledged, is the one that remembers.
 */
public final class DeliveryLog extends AbstractBehavior<DeliveryLog.Command> {
    /** What the log takes. */
    public sealed interface Command permits Record, Written, Failed, PauseOver, WriteDue {}

    /**
     * @param smscName the account's, for the error text {@code SR <smsc-name> <stat> <err>|#MESSAGE#}
     * @param shortCode quarantine scope for errors that are qualified as hard
     * @param tag returned as it is
     */
    public record Record(
            String smscName, String shortCode, List<FinalStatus> statuses, long tag, ActorRef<Logged> replyTo)
            implements Command {}

    /** The statuses of the record with this tag are durable. */
    public record Logged(long tag) {}

    private record Written(List<Record> batch) implements Command {}

    private record Failed(List<Record> batch, Throwable error) implements Command {}

    private enum PauseOver implements Command {
        INSTANCE
    }

    private record WriteDue(List<Record> batch) implements Command {}

    private final Database database;
    private final DeliveryLogSettings settings;
    private final TimerScheduler<Command> timers;
    private final WritePace pace;
    private final Queue<Record> waiting = new ArrayDeque<>();
    private int waitingStatuses;
    private int beingWritten;
    private int writers;
    private int failures;
    private long refused;

    public static Behavior<Command> create(Database database, DeliveryLogSettings settings) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new DeliveryLog(context, timers, database, settings)));
    }

    private DeliveryLog(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Database database,
            DeliveryLogSettings settings) {
        super(context);
        this.timers = timers;
        this.database = database;
        this.settings = settings;
        this.pace = new WritePace(settings.batchUpdateSize(), settings.pause(), System::nanoTime);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Record.class, this::onRecord)
                .onMessage(Written.class, this::onWritten)
                .onMessage(Failed.class, this::onFailed)
                .onMessage(WriteDue.class, due -> write(due.batch(), true))
                .onMessage(PauseOver.class, over -> writeNext())
                .build();
    }

    private Behavior<Command> onRecord(Record record) {
        if (waitingStatuses > 0 && waitingStatuses + record.statuses().size() > settings.maxWaiting()) {
            if (refused++ % 1000 == 0) {
                getContext()
                        .getLog()
                        .warn(
                                "{} final statuses wait for the database: {} records not taken",
                                waitingStatuses,
                                refused);
            }
            return this;
        }
        waiting.add(record);
        waitingStatuses += record.statuses().size();
        return writeNext();
    }

    private Behavior<Command> writeNext() {
        // while the database fails, one writer asks for all
        while (!waiting.isEmpty() && writers < (failures > 0 ? 1 : settings.updateThreads()) && isTimeToWrite()) {
            writers++;
            pace.wrote();
            write(takeBatch(), false);
        }
        return this;
    }

    /** The SMSC has its answers already: a few statuses wait for more. */
    private boolean isTimeToWrite() {
        Duration left = pace.left(waitingStatuses - beingWritten);
        if (!left.isZero() && !timers.isTimerActive(PauseOver.INSTANCE)) {
            timers.startSingleTimer(PauseOver.INSTANCE, left);
        }
        return left.isZero();
    }

    private List<Record> takeBatch() {
        List<Record> batch = new ArrayList<>();
        int statuses = 0;
        for (@Nullable Record next = waiting.peek(); next != null; next = waiting.peek()) {
            statuses += next.statuses().size();
            if (!batch.isEmpty() && statuses > settings.batchUpdateSize()) {
                break;
            }
            batch.add(waiting.remove());
            beingWritten += next.statuses().size();
        }
        return batch;
    }

    private Behavior<Command> write(List<Record> batch, boolean isRepeat) {
        getContext()
                .pipeToSelf(
                        database.traffic().transaction(connection -> {
                            new FinalStatusTransaction(connection, isRepeat).run(batch);
                            return batch;
                        }),
                        (written, error) -> error == null ? new Written(batch) : new Failed(batch, error));
        return this;
    }

    private Behavior<Command> onWritten(Written written) {
        for (Record record : written.batch()) {
            waitingStatuses -= record.statuses().size();
            beingWritten -= record.statuses().size();
            record.replyTo().tell(new Logged(record.tag()));
        }
        writers--;
        failures = 0;
        return writeNext();
    }

    private Behavior<Command> onFailed(Failed failed) {
        failures++;
        Duration delay = backoff();
        getContext()
                .getLog()
                .warn(
                        "{} final statuses could not be written ({}), again in {} ms",
                        failed.batch().stream()
                                .mapToInt(record -> record.statuses().size())
                                .sum(),
                        failed.error().toString(),
                        delay.toMillis());
        timers.startSingleTimer(new Object(), new WriteDue(failed.batch()), delay);
        return this;
    }

    private Duration backoff() {
        long millis = settings.retryDelay().toMillis() << Math.min(failures - 1, 20);
        return millis > settings.retryMaxDelay().toMillis() ? settings.retryMaxDelay() : Duration.ofMillis(millis);
    }
}
