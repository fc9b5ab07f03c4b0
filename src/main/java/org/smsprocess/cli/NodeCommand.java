// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smsprocess.process.Node;
import org.smsprocess.process.NodeConfig;
import org.smsprocess.settings.SettingsSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/** {@code node}: one node of the process, until SIGTERM or Ctrl-C, which end it in good order with exit code 0. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one node: holds the SMPP connections of the accounts, sends MT, correlates SR, takes MO.",
            "Without sms-process.datastore.url it starts a PostgreSQL of its own below sms-process.data-dir.",
            "SIGTERM: stops claiming, drains the windows, unbinds, leaves the cluster, exits 0.",
            "Exits 75 when the cluster went on without it (partition): start it again."
        })
final class NodeCommand implements Callable<Integer> {
    /** EX_TEMPFAIL of sysexits.h. */
    private static final int START_AGAIN = 75;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "HOCON; what it does not set is as in reference.conf. Read again while the node runs.")
    private @Nullable Path config;

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        Node node = Node.start(source());
        endWith("TERM", node);
        endWith("INT", node);
        terminal.say("sms-process node: API and console at " + node.httpUrl());
        node.whenTerminated().toCompletableFuture().join();
        return node.wasDowned() ? START_AGAIN : 0;
    }

    private SettingsSource source() {
        if (config == null) {
            return SettingsSource.of(NodeConfig.load(ConfigFactory.empty()));
        }
        if (!Files.isReadable(config)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--config " + config + ": no such file, or not readable");
        }
        return NodeConfig.source(config);
    }

    /** Not by a shutdown hook: after one the JVM exits with 128 plus the signal, and service managers call that a failure. */
    static void endWith(String signal, Node node) {
        Signal.handle(new Signal(signal), received -> new Thread(node::stop, "stop").start());
    }
}
