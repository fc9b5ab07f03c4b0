// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.delivery.log.DeliveryLog.Logged;
import org.smsprocess.delivery.log.FinalStatus;

/** A delivery log that confirms at once, or when told. Thread-safe. */
final class ScriptedLog implements FinalStatusSink {
    record Recorded(List<FinalStatus> batch, String smscName, long tag, ActorRef<Logged> replyTo) {
        void confirm() {
            replyTo.tell(new Logged(tag));
        }
    }

    private final BlockingQueue<Recorded> recorded = new LinkedBlockingQueue<>();
    private volatile boolean confirmsAtOnce = true;

    @Override
    public void record(List<FinalStatus> batch, String account, String smscName, long tag, ActorRef<Logged> replyTo) {
        Recorded one = new Recorded(List.copyOf(batch), smscName, tag, replyTo);
        recorded.add(one);
        if (confirmsAtOnce) {
            one.confirm();
        }
    }

    void confirmWhenTold() {
        confirmsAtOnce = false;
    }

    void confirmAtOnce() {
        confirmsAtOnce = true;
    }

    Recorded next() {
        try {
            Recorded next = recorded.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was recorded within 30 s");
            }
            return next;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** What has been recorded and not been taken by {@link #next}. */
    List<FinalStatus> rest() {
        List<Recorded> rest = new ArrayList<>();
        recorded.drainTo(rest);
        return rest.stream().flatMap(one -> one.batch().stream()).toList();
    }
}
