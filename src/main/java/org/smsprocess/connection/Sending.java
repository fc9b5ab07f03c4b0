// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.delivery.queue.ClaimedPart;

/**
 * What changes while one bind lasts: the open parts, the claim under way, the rate. Confined to one {@link Session}; not thread-safe,
 * except {@link #settings}, which the pipeline reads.
 */
final class Sending {
    /** At a limited rate no more than is sent within this is in hand of one that takes work alone. */
    private static final double EAGER_SECONDS = 0.1;

    private final Links links;
    private final LongSupplier nanoTime;
    private final long boundAtNanos;
    private final ThrottleControl throttle;
    private final int maxOpenParts;
    private final int messagesAhead;
    private final ToDoubleFunction<AccountSettings> shares;
    private double share;
    private final Map<Long, Integer> messagesByPart = new HashMap<>();
    private int openMessages;
    private double rate;
    private long submittedBefore;
    private long measuredNanos;
    private boolean claiming;
    private boolean mayBeMore;
    private volatile AccountSnapshot account;
    private @Nullable MtPipeline pipeline;

    /** @param shares what this connection may use of max-account-throughput now, MT a second */
    Sending(
            Links links,
            AccountSnapshot account,
            ToDoubleFunction<AccountSettings> shares,
            LongSupplier nanoTime,
            ConnectionLimits limits) {
        this.links = links;
        this.account = account;
        this.nanoTime = nanoTime;
        this.boundAtNanos = nanoTime.getAsLong();
        this.measuredNanos = boundAtNanos;
        this.maxOpenParts = limits.maxOpenParts();
        this.messagesAhead = limits.messagesAhead();
        this.shares = shares;
        this.share = shares.applyAsDouble(account.settings());
        this.throttle = new ThrottleControl(cap(), limits.throttleRecovery(), nanoTime);
        applyRate();
    }

    static Sending of(
            Links links, AccountSnapshot account, SlotId id, int sendingThreads, ConnectionServices services) {
        ToDoubleFunction<AccountSettings> share = AccountShare.of(id, sendingThreads, services.cluster());
        return new Sending(links, account, share, services.nanoTime(), services.limits());
    }

    Links links() {
        return links;
    }

    AccountSettings settings() {
        return account.settings();
    }

    ThrottleControl throttle() {
        return throttle;
    }

    void retune(AccountSnapshot changed) {
        account = changed;
        throttle.cap(cap());
    }

    /** MT a second, 0: no limit. */
    private double cap() {
        double own = settings().throughput().maxMtThroughput();
        double least = own == 0 ? share : Math.min(own, share);
        return Double.isInfinite(least) ? 0 : least;
    }

    /** Fewer messages a second for the account than it has connections: this one only receives. */
    private boolean isIdle() {
        return share == AccountShare.NOTHING;
    }

    /** @return false if this connection has to give back what it claimed, because it may send no longer */
    boolean takeShare(AccountSettings changed) {
        double now = shares.applyAsDouble(changed);
        if (now == AccountShare.NOTHING && !isIdle()) {
            return false;
        }
        if (now != share) {
            share = now;
            throttle.cap(cap());
            applyRate();
        }
        return true;
    }

    /** The rate that throttling leaves now goes to the link. */
    void applyRate() {
        links.sending().limitRate(throttle.rate());
    }

    /** Called a few times a second. @return as {@link #takeShare} */
    boolean tick(long acceptedTotal) {
        if (throttle.onTick(acceptedTotal)) {
            applyRate();
        }
        return takeShare(settings());
    }

    void start(MtPipeline started) {
        pipeline = started;
    }

    boolean isStarted() {
        return pipeline != null;
    }

    MtPipeline pipeline() {
        return Objects.requireNonNull(pipeline);
    }

    /** SUBMIT_SM a second, smoothed over about three seconds; called a few times a second. */
    double measuredRate() {
        long now = nanoTime.getAsLong();
        long submitted = links.sending().status().submitted();
        double seconds = (now - measuredNanos) / 1e9;
        if (seconds > 0.05) {
            double weight = Math.min(1.0, seconds / 3.0);
            rate += weight * ((submitted - submittedBefore) / seconds - rate);
            submittedBefore = submitted;
            measuredNanos = now;
        }
        return rate < 0.01 ? 0 : rate;
    }

    Duration boundFor() {
        return Duration.ofNanos(nanoTime.getAsLong() - boundAtNanos);
    }

    /** @return messages that may be claimed now, 0 when enough is in hand */
    int room() {
        // of two parts one is in the window while the other is being prepared: the window never runs dry between parts
        int enough = 2 * settings().throughput().window() + messagesAhead;
        return !account.isSending() || isIdle() || partRoom() == 0 || 2 * openMessages > enough
                ? 0
                : enough - openMessages;
    }

    int partRoom() {
        return maxOpenParts - messagesByPart.size();
    }

    boolean claiming() {
        return claiming;
    }

    void claimBegins() {
        claiming = true;
        mayBeMore = false;
    }

    void claimEnds() {
        claiming = false;
    }

    /** The last claim left something, or may have missed what appeared since. */
    void workAppeared() {
        mayBeMore = true;
    }

    /** Whether a claim may find anything, as far as this session knows. */
    boolean mayBeMore() {
        return mayBeMore;
    }

    /** Whether so little is in hand that all that comes may come here: no other connection would send it sooner. */
    boolean isEager() {
        double soon = throttle.rate() == 0 ? settings().throughput().window() : throttle.rate() * EAGER_SECONDS;
        return room() > 0
                && 4 * messagesByPart.size() <= maxOpenParts
                && openMessages <= Math.min(settings().throughput().window(), soon);
    }

    void opened(ClaimedPart part) {
        messagesByPart.put(part.partId(), part.messages().size());
        openMessages += part.messages().size();
    }

    /** @return messages of these parts, for the budget */
    int closed(List<Long> partIds) {
        int messages = 0;
        for (Long partId : partIds) {
            Integer count = messagesByPart.remove(partId);
            messages += count == null ? 0 : count;
        }
        openMessages -= messages;
        return messages;
    }

    List<Long> openParts() {
        return List.copyOf(messagesByPart.keySet());
    }
}
