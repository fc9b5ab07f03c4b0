// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.ConfigFactory;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.smsprocess.settings.SettingsFile;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.settings.SimulatorSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/** {@code simulator}: the bundled SMSC as a process of its own, until SIGTERM or Ctrl-C. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Runs the bundled SMSC to rehearse with: binds, answers, SR, MO, faults, and a record over HTTP.")
public final class SimulatorCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "HOCON with a section sms-process-simulator; what it does not set is as in reference.conf.")
    private @Nullable Path config;

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() throws InterruptedException {
        Simulator simulator =
                start(SimulatorSettings.from(config == null ? ConfigFactory.load() : new SettingsFile(config).load()));
        CountDownLatch stopped = new CountDownLatch(1);
        for (String signal :
                List.of("TERM", "INT")) { // by a shutdown hook the exit code would be 128 and more, as of a failure
            Signal.handle(new Signal(signal), received -> stopped.countDown());
        }
        terminal.say("SMSC simulator: SMPP on port " + simulator.smppPort()
                + (simulator.hasHttp() ? ", HTTP on port " + simulator.httpPort() : ""));
        stopped.await();
        simulator.close();
        return 0;
    }

    private static Simulator start(SimulatorSettings settings) {
        try {
            return Simulator.start(settings);
        } catch (UncheckedIOException taken) {
            throw new UserError(SmsProcessCommand.FAILED, taken.getMessage() + ": " + reason(taken));
        }
    }

    /** What the operating system says, and nothing of what the libraries wrap around it. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost instanceof UnresolvedAddressException
                ? "unknown host (sms-process-simulator.host)"
                : String.valueOf(innermost.getMessage());
    }
}
