// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.smsprocess.smpp.BindFailure.Kind;

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
        CompletableFuture<SmppLink> result = new CompletableFuture<>();
        if (loops.isShuttingDown()) {
            result.completeExceptionally(new BindFailure(Kind.UNREACHABLE, 0, CLOSING, null));
            return result;
        }
        binding.add(result);
        EventLoop loop = loops.next();
        Future<?> timeout = loop.schedule(
                () -> result.completeExceptionally(new BindFailure(
                        Kind.TIMED_OUT,
                        0,
                        "no answer to the bind within " + settings.bindTimeout().toMillis() + " ms",
                        null)),
                settings.bindTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
        result.whenComplete((link, failure) -> {
            binding.remove(result);
            timeout.cancel(false);
        });
        lookups.execute(() -> {
            try {
                InetAddress[] addresses = InetAddress.getAllByName(settings.host());
                connect(loop, addresses, 0, settings, listener, result);
            } catch (UnknownHostException unknown) {
                result.completeExceptionally(
                        new BindFailure(Kind.UNREACHABLE, 0, "unknown host " + settings.host(), unknown));
            }
        });
        return result;
    }

    /** Tries the addresses of the host one after the other. */
    private void connect(
            EventLoop loop,
            InetAddress[] addresses,
            int next,
            LinkSettings settings,
            LinkListener listener,
            CompletableFuture<SmppLink> result) {
        if (result.isDone()) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(addresses[next], settings.port());
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.bindTimeout().toMillis())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeHighWater() / 2, limits.writeHighWater()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                    }
                });
        bootstrap.connect(address).addListener((io.netty.channel.ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                startBind(connected.channel(), settings, listener, result);
            } else if (next + 1 < addresses.length) {
                connect(loop, addresses, next + 1, settings, listener, result);
            } else {
                String message = "cannot connect to " + settings.host() + ":" + settings.port() + ": "
                        + BindFailures.messageOf(connected.cause());
                result.completeExceptionally(new BindFailure(Kind.UNREACHABLE, 0, message, connected.cause()));
            }
        });
    }

    private void startBind(
            Channel channel, LinkSettings settings, LinkListener listener, CompletableFuture<SmppLink> result) {
        result.whenComplete((link, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
        BindHandshake handshake = new BindHandshake(settings, limits, listener, channel, result);
        SSLContext tls = settings.tls();
        if (tls == null) {
            channel.pipeline().addLast(handshake.linkChannel());
            handshake.start();
            return;
        }
        SslHandler sslHandler = new SslHandler(engine(tls, settings));
        sslHandler.setHandshakeTimeoutMillis(0); // the bind timeout covers it
        channel.pipeline().addLast(sslHandler, handshake.linkChannel());
        sslHandler.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                handshake.start();
            } else {
                handshake.fail(BindFailures.tls(settings.host(), shaken.cause()));
            }
        });
    }

    private static SSLEngine engine(SSLContext tls, LinkSettings settings) {
        SSLEngine engine = tls.createSSLEngine(settings.host(), settings.port());
        engine.setUseClientMode(true);
        if (settings.verifyHostname()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    @Override
    public void close() {
        BindFailure closing = new BindFailure(Kind.UNREACHABLE, 0, CLOSING, null);
        binding.forEach(result -> result.completeExceptionally(closing));
        for (Channel channel : channels) {
            ChannelHandlerContext link = channel.pipeline().context(LinkChannel.class);
            if (link != null) {
                ((LinkChannel) link.handler()).endFor(link, CLOSING);
            }
        }
        channels.close().awaitUninterruptibly();
        lookups.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
