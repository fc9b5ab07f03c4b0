// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.BindFailure;
import org.smsprocess.smpp.SmppLink;

/**
 * Makes one end of the ends of two links: the other half of a pair follows the first that ends, and the end is told when both have.
 * With a single link it passes its end on. Thread-safe: each link tells on an event loop of its own.
 */
final class LinkPair {
    private final Links.Hearing hearing;
    private final Duration drain;
    private @Nullable Links links;
    private @Nullable String reason;
    private boolean isSenderClosed;
    private boolean isReceiverClosed;

    /** @param drain longest wait for the open window when the receiver of a pair was lost */
    LinkPair(Links.Hearing hearing, Duration drain) {
        this.hearing = hearing;
        this.drain = drain;
    }

    /** @return fails if one half was lost before the other was bound */
    synchronized CompletionStage<Links> bound(SmppLink sending, SmppLink receiving) {
        if (reason != null) {
            sending.close(reason);
            return CompletableFuture.failedFuture(new BindFailure(BindFailure.Kind.UNREACHABLE, 0, reason, null));
        }
        links = new Links(sending, receiving);
        return CompletableFuture.completedFuture(links);
    }

    /** The link that sends has ended: there are no more outcomes. */
    void closed(String why) {
        SmppLink follower;
        synchronized (this) {
            note(why);
            isSenderClosed = true;
            follower = links == null || isReceiverClosed ? null : links.receiving();
            if (links != null && links.receiving() == links.sending()) {
                isReceiverClosed = true;
                follower = null;
            }
        }
        if (follower != null) {
            follower.unbind(Duration.ZERO);
        }
        tellIfBothClosed();
    }

    void receiverClosed(String why) {
        SmppLink follower;
        synchronized (this) {
            note(why);
            isReceiverClosed = true;
            follower = links == null || isSenderClosed ? null : links.sending();
        }
        if (follower != null) {
            follower.unbind(drain); // answers of the open window still count
        }
        tellIfBothClosed();
    }

    private void note(String why) {
        reason = reason == null ? why : reason;
    }

    private void tellIfBothClosed() {
        String end;
        synchronized (this) {
            if (links == null || !isSenderClosed || !isReceiverClosed) {
                return;
            }
            end = String.valueOf(reason);
            links = null; // told once
        }
        hearing.closed(end);
    }
}
