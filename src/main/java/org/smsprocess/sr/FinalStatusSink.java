// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.delivery.log.DeliveryLog.Logged;
import org.smsprocess.delivery.log.FinalStatus;

/** Where final statuses go: the delivery log. Must be idempotent; what is not confirmed is sent again. */
@FunctionalInterface
public interface FinalStatusSink {
    /** @param tag to be returned in {@link Logged} when the whole batch is durable; unique for {@code replyTo} */
    void record(List<FinalStatus> batch, String account, String smscName, long tag, ActorRef<Logged> replyTo);
}
