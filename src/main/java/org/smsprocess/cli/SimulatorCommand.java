// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.BadSetting;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.SimulatorSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulator}: the bundled SMSC as a process of its own, until SIGTERM or Ctrl-C. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Runs the bundled SMSC to rehearse with: binds, answers, SR, MO, faults, and a record over HTTP.")
public final class SimulatorCommand implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final int SOFTWARE = 1;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "HOCON with a section sms-process-simulator; what it does not set is as in reference.conf.")
    private @Nullable Path config;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Simulator simulator;
        try {
            simulator = Simulator.start(SimulatorSettings.from(load()));
        } catch (BadSetting | ConfigException wrong) {
            say(wrong.getMessage());
            return USAGE;
        } catch (UncheckedIOException taken) {
            say(taken.getMessage() + ": " + taken.getCause());
            return SOFTWARE;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            stopped.countDown();
        }));
        say("SMSC simulator: SMPP on port " + simulator.smppPort()
                + (simulator.hasHttp() ? ", HTTP on port " + simulator.httpPort() : ""));
        stopped.await();
        return 0;
    }

    private Config load() {
        if (config == null) {
            return ConfigFactory.load();
        }
        if (!config.toFile().canRead()) {
            throw new BadSetting(config + " cannot be read");
        }
        return ConfigFactory.load(ConfigFactory.parseFile(config.toFile()));
    }

    private void say(@Nullable String line) {
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        }
    }
}
