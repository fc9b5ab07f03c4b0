// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.settings.FaultSettings;
import org.smsprocess.simulator.settings.SimulatorSettings;

/**
 * The bundled SMSC, in this JVM. It takes binds and messages, sends SR and MO, misbehaves when asked to, and remembers
 * what it received. One thread does all of it: about 2 µs a message leave it well above what a node sends.
 */
public final class Simulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final int READ_SIZE = 64 * 1024;
    private static final int WRITE_LIMIT = 1024 * 1024;

    private final NioEventLoopGroup group;
    private final Smsc smsc;
    private final MoDesk moDesk;
    private final Record record;
    private final Faults faults;
    private final SimulatorSettings settings;
    private final ServerBootstrap bootstrap;
    private final int smppPort;
    private volatile Channel listener;
    private @Nullable HttpPort http;

    private Simulator(SimulatorSettings settings) {
        this.settings = settings;
        group = new NioEventLoopGroup(1, new DefaultThreadFactory("simulator", true));
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        if (settings.seed() != 0) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(settings.seed());
        }
        smsc = new Smsc(settings, group.next(), Clock.systemUTC(), random);
        moDesk = new MoDesk(smsc);
        faults = new Faults(smsc, this::goAway, this::comeBack);
        record = new Record(smsc, faults);
        bootstrap = bootstrap();
        listener = listen();
        smppPort = ((InetSocketAddress) listener.localAddress()).getPort();
        smsc.loop.scheduleAtFixedRate(smsc::everySecond, 1, 1, TimeUnit.SECONDS);
        smsc.loop.execute(() -> {
            moDesk.start();
            settings.faults().forEach(faults::add);
        });
    }

    /** @throws UncheckedIOException if a port is taken */
    public static Simulator start(SimulatorSettings settings) {
        Simulator simulator = new Simulator(settings);
        if (settings.httpPort() != SimulatorSettings.NO_HTTP) {
            try {
                simulator.http = HttpPort.open(simulator, settings.host(), settings.httpPort());
            } catch (IOException taken) {
                simulator.close();
                throw new UncheckedIOException("HTTP port " + settings.httpPort(), taken);
            }
        }
        return simulator;
    }

    public int smppPort() {
        return smppPort;
    }

    public boolean hasHttp() {
        return http != null;
    }

    /** @throws IllegalStateException if settings say http-port = none */
    public int httpPort() {
        if (http == null) {
            throw new IllegalStateException("sms-process-simulator.http-port = none");
        }
        return http.port();
    }

    public Record record() {
        return record;
    }

    /**
     * Sends an MO.
     *
     * @param systemId whose receivers get it, now or as soon as they bind; null: the next receiver that is bound
     * @return the number of deliver_sm it takes
     * @throws IllegalArgumentException without a systemId, if no receiver is bound
     */
    public int sendMo(String from, String to, String text, @Nullable String systemId) {
        return smsc.call(() -> {
            smsc.refreshTime();
            int parts = moDesk.send(from, to, text, systemId);
            smsc.endBatch();
            return parts;
        });
    }

    /**
     * Adds a fault, in the words of the settings' {@code faults}: {@code "kind = away, duration = 5s"}. Without a trigger it
     * strikes now; when this returns it has.
     *
     * @throws org.smsprocess.settings.InvalidSettings if it is not a fault
     */
    public void fault(String hocon) {
        FaultSettings fault = settings.faultParser().parse(hocon);
        smsc.call(() -> {
            smsc.refreshTime();
            faults.add(fault);
            smsc.endBatch();
            return true;
        });
    }

    /** Ends every fault, those of the settings too. */
    public void clearFaults() {
        smsc.call(() -> {
            faults.clear();
            return true;
        });
    }

    /** Closes every connection without unbind; returns when the ports are free. */
    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private ServerBootstrap bootstrap() {
        Door door = new Door(smsc, faults);
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(WRITE_LIMIT / 2, WRITE_LIMIT))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new EsmeSession(smsc, door, channel));
                    }
                });
    }

    private Channel listen() {
        ChannelFuture bound = bootstrap.bind(settings.host(), settings.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new UncheckedIOException(
                    "SMPP port " + settings.host() + ":" + settings.port(), new IOException(bound.cause()));
        }
        return bound.channel();
    }

    private void goAway() {
        listener.close();
    }

    private void comeBack() {
        ChannelFuture again = bootstrap.bind(settings.host(), smppPort);
        again.addListener(done -> {
            if (done.isSuccess()) {
                listener = again.channel();
            } else {
                LOG.warn("Port {} is taken, trying again in a second", smppPort, done.cause());
                smsc.loop.schedule(this::comeBack, 1, TimeUnit.SECONDS);
            }
        });
    }
}
