// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.smsprocess.smpp.BindFailure;
import org.smsprocess.smpp.BindFailure.Kind;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppConnector;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.WireLimits;

/**
 * Links on Netty with the PDUs of the cloudhopper library. Each link lives on one event loop; names are looked up elsewhere, since that
 * may take seconds.
 */
public final class CloudhopperConnector implements SmppConnector {
    private static final String CLOSING = "the process closes its links";

    private final WireLimits limits;
    private final EventLoopGroup loops;
    private final ExecutorService lookups;
    private final ChannelGroup channels = new DefaultChannelGroup("smpp-links", GlobalEventExecutor.INSTANCE);
    private final Set<CompletableFuture<SmppLink>> binding = ConcurrentHashMap.newKeySet();

    public CloudhopperConnector(WireLimits limits) {
        this.limits = limits;
        this.loops = new NioEventLoopGroup(
                limits.ioThreads() == 0 ? Runtime.getRuntime().availableProcessors() : limits.ioThreads(),
                new DefaultThreadFactory("smpp", true));
        this.lookups = Executors.newCachedThreadPool(new DefaultThreadFactory("smpp-lookup", true));
    }

    @Override
    public CompletionStage<SmppLink> bind(LinkSettings settings, LinkListener listener) {
        if (loops.isShuttingDown()) {
            return CompletableFuture.failedStage(closing());
        }
        BindAttempt attempt = new BindAttempt(settings, limits, listener, loops.next(), channels);
        CompletableFuture<SmppLink> result = attempt.start(lookups);
        binding.add(result);
        result.whenComplete((link, failure) -> binding.remove(result));
        return result;
    }

    @Override
    public void close() {
        binding.forEach(result -> result.completeExceptionally(closing()));
        for (Channel channel : channels) {
            ChannelHandlerContext link = channel.pipeline().context(LinkChannel.class);
            if (link != null) {
                ((LinkChannel) link.handler()).endFor(link, CLOSING);
            }
        }
        channels.close().awaitUninterruptibly();
        lookups.shutdownNow();
        loops.shutdownGracefully(0, limits.unbindTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }

    private static BindFailure closing() {
        return new BindFailure(Kind.UNREACHABLE, 0, CLOSING, null);
    }
}
