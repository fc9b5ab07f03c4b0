// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.BindFailure;
import org.smsprocess.smpp.BindFailure.Kind;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.WireLimits;

/**
 * One try to make a link: look up the host, connect, TLS, bind. The bind timeout spans all four; what was going on when it struck is in
 * the failure. Whatever the ending, it is told once and leaves no connection behind that is not a link.
 */
final class BindAttempt {
    private static final String BINDING = "waiting for the answer to the bind";

    /** Octets; how many are read at once then follows the traffic. */
    private static final int LEAST_READ = 64;

    private static final int FIRST_READ = 2048;

    private final LinkSettings settings;
    private final WireLimits limits;
    private final LinkListener listener;
    private final EventLoop loop;
    private final ChannelGroup channels;
    private final CompletableFuture<SmppLink> result = new CompletableFuture<>();
    private volatile String doing = "starting";

    BindAttempt(
            LinkSettings settings, WireLimits limits, LinkListener listener, EventLoop loop, ChannelGroup channels) {
        this.settings = settings;
        this.limits = limits;
        this.listener = listener;
        this.loop = loop;
        this.channels = channels;
    }

    /** @param lookups where a name server may be waited for */
    CompletableFuture<SmppLink> start(Executor lookups) {
        var timeout = loop.schedule(this::timeOut, settings.bindTimeout().toNanos(), TimeUnit.NANOSECONDS);
        result.whenComplete((link, failure) -> timeout.cancel(false));
        lookups.execute(this::lookUp);
        return result;
    }

    private void timeOut() {
        String message = "no bind within " + settings.bindTimeout().toMillis() + " ms, while " + doing;
        fail(Kind.TIMED_OUT, message, null);
    }

    private void lookUp() {
        doing = "looking up " + settings.host();
        try {
            InetAddress[] addresses = InetAddress.getAllByName(settings.host());
            loop.execute(() -> connect(addresses, 0));
        } catch (UnknownHostException unknown) {
            fail(Kind.UNREACHABLE, "unknown host " + settings.host(), unknown);
        } catch (RejectedExecutionException closed) {
            fail(Kind.UNREACHABLE, "the process closes its links", closed);
        }
    }

    /** Tries the addresses of the host one after the other. */
    private void connect(InetAddress[] addresses, int next) {
        if (result.isDone()) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(addresses[next], settings.port());
        doing = "connecting to " + address.getAddress().getHostAddress() + ":" + settings.port();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true) // writes are whole bursts already
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_CLOSE, false) // see LinkChannel
                .option(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, limits.readBuffer()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.bindTimeout().toMillis())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeHighWater() / 2, limits.writeHighWater()))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        closeUnlessBound(channel);
                        prepare(channel); // before the connection is up: an SMSC may be the first to speak
                    }
                });
        bootstrap.connect(address).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                return;
            }
            if (next + 1 < addresses.length) {
                connect(addresses, next + 1);
            } else {
                String reason = BindFailures.messageOf(connected.cause());
                String message = "cannot connect to " + settings.host() + ":" + settings.port() + ": " + reason;
                fail(Kind.UNREACHABLE, message, connected.cause());
            }
        });
    }

    private void closeUnlessBound(Channel channel) {
        result.whenComplete((link, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
    }

    private void prepare(SocketChannel channel) {
        channels.add(channel);
        BindHandshake handshake = new BindHandshake(settings, limits, listener, channel, result);
        SSLContext tls = settings.tls();
        if (tls == null) {
            channel.pipeline().addLast(handshake.linkChannel(() -> {
                doing = BINDING;
                handshake.start();
            }));
            return;
        }
        SslHandler sslHandler = new SslHandler(engine(tls));
        sslHandler.setHandshakeTimeoutMillis(0); // the bind timeout covers it
        channel.pipeline().addLast(sslHandler, handshake.linkChannel(() -> {
            doing = "negotiating TLS (does the SMSC speak TLS on port " + settings.port() + "?)";
        }));
        sslHandler.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                doing = BINDING;
                handshake.start();
            } else {
                handshake.fail(BindFailures.tls(settings.host(), shaken.cause()));
            }
        });
    }

    private SSLEngine engine(SSLContext tls) {
        SSLEngine engine = tls.createSSLEngine(settings.host(), settings.port());
        engine.setUseClientMode(true);
        if (settings.verifyHostname()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    private void fail(Kind kind, String message, @Nullable Throwable cause) {
        result.completeExceptionally(new BindFailure(kind, 0, message, cause));
    }
}
