// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smsprocess.process.Node;
import org.smsprocess.process.NodeConfig;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.settings.SimulatorSettings;

/** A simulator, a PostgreSQL and a node in this JVM, on free ports of 127.0.0.1. */
final class DemoPlant implements AutoCloseable {
    static final String ACCOUNT = "demo";
    static final String SHORT_CODE = "12345";

    private final Path dataDir;
    private final boolean isTemporary;
    private final Simulator simulator;
    private final Node node;

    private DemoPlant(Path dataDir, boolean isTemporary, Simulator simulator, Node node) {
        this.dataDir = dataDir;
        this.isTemporary = isTemporary;
        this.simulator = simulator;
        this.node = node;
    }

    /** @param given kept afterwards; null: a temporary directory, removed at the end */
    static DemoPlant start(@Nullable Path given, int httpPort) throws IOException {
        Path dataDir = given == null ? Files.createTempDirectory("sms-process-demo") : Files.createDirectories(given);
        logTo(dataDir.resolve("demo.log"));
        Simulator simulator = Simulator.start(SimulatorSettings.parse(SMSC));
        try {
            Node node = Node.start(SettingsSource.of(NodeConfig.load(ConfigFactory.parseMap(Map.of(
                            "sms-process.data-dir", dataDir.toString(),
                            "sms-process.http.port", httpPort,
                            "sms-process.accounts.demo.port", simulator.smppPort()))
                    .withFallback(ConfigFactory.parseString(NODE)))));
            return new DemoPlant(dataDir, given == null, simulator, node);
        } catch (RuntimeException e) {
            simulator.close();
            if (given == null) {
                delete(dataDir);
            }
            throw e;
        }
    }

    private static final String SMSC = """
            sms-process-simulator {
              port = 0, http-port = none
              submit { latency = 5ms, latency-jitter = 5ms }
              sr { delay = 500ms, jitter = 500ms }
              rules = [
                { destination-suffix = "%s", submit-status = 11 }
                { destination-suffix = "%s", final-state = UNDELIV, err = "001" }
              ]
            }
            """.formatted(DemoMessages.REFUSED_SUFFIX, DemoMessages.UNDELIVERED_SUFFIX);

    private static final String NODE = """
            sms-process {
              http.host = "127.0.0.1"
              accounts.demo {
                host = "127.0.0.1", system-id = demo, password = demo, smsc-name = Simulator
                source-number = DEMO, short-code = "12345"
                child-connections = 4, window = 500
                mo.reply = [ { keyword = STOP, reply = "You will get no more messages.", action = quarantine } ]
              }
            }
            """;

    /** Before the first logger is made: what is told on the console is the demo's own, except errors. */
    private static void logTo(Path file) {
        setDefault("sms-process.log.console", "ERROR");
        setDefault("sms-process.log.second", "file");
        setDefault("sms-process.log.file", file.toString());
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    String url() {
        return "http://" + node.httpAddress().getHostString() + ":"
                + node.httpAddress().getPort();
    }

    Node node() {
        return node;
    }

    Simulator simulator() {
        return simulator;
    }

    Path dataDir() {
        return dataDir;
    }

    @Override
    public void close() {
        node.stop();
        simulator.close();
        if (isTemporary) {
            delete(dataDir);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " could not be removed", e);
        }
    }
}
