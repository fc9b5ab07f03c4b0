// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: real traffic through everything, on this machine, and the proof that none of it was lost or doubled. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends messages through PostgreSQL, a node and an SMSC, all started here, and compares the books.",
            "A delivery of personalised messages (some long, some in Unicode, some to numbers that fail); a few people answer",
            "STOP. What was accepted is compared with what the SMSC received, message by message.",
            "The last line of stdout is one JSON object. Exit code 1: something was lost, doubled or not settled."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int STOPS = 5;
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration MO_TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Messages to send, 1 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--exit",
            description = "End when all is done. Otherwise the node stays up, to look at its console.")
    private boolean exit;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Of the API and console; 0: a free one (default).")
    private int httpPort;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Database and log; kept. Default: a temporary directory, removed at the end.")
    private @Nullable Path dataDir;

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() throws IOException {
        if (messages < 1 || messages > 10_000_000) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--messages: " + messages + " is not in 1 to 10000000");
        }
        terminal.say("Starting PostgreSQL, the SMSC simulator and a node ...");
        try (DemoPlant plant = DemoPlant.start(dataDir, httpPort)) {
            NodeCommand.endWith("TERM", plant.node());
            NodeCommand.endWith("INT", plant.node());
            terminal.say("API and console: " + plant.url() + (exit ? "" : " (stays up; Ctrl-C ends it)"));
            DemoBooks books = run(plant);
            books.print(terminal.out());
            if (!exit) {
                terminal.say("Still up: " + plant.url());
            }
            terminal.say(books.json().toString());
            if (!exit) {
                plant.node().whenTerminated().toCompletableFuture().join();
            }
            return books.isClean() ? 0 : SmsProcessCommand.FAILED;
        }
    }

    private DemoBooks run(DemoPlant plant) throws IOException {
        DemoMessages demo = new DemoMessages(messages);
        Path file = plant.dataDir().resolve("demo.csv");
        demo.writeTo(file);
        NodeClient node = new NodeClient(URI.create(plant.url()), null);
        RemoteDelivery delivery = RemoteDelivery.create(node, request());

        long start = System.nanoTime();
        long accepted = delivery.upload(file).path("accepted").asLong();
        terminal.say("Accepted " + accepted + " messages");
        delivery.start();
        for (int i = 1; i <= STOPS; i++) {
            plant.simulator().sendMo("4176000000" + i, DemoPlant.SHORT_CODE, "STOP", DemoPlant.ACCOUNT);
        }
        delivery.await(TIMEOUT, terminal.out());
        double seconds = (System.nanoTime() - start) / 1e9;

        long mo = mo(node);
        try (Stream<JsonNode> log = delivery.log()) {
            return DemoBooks.of(accepted, log, mo, plant.simulator().record().compare(demo), seconds);
        }
    }

    private static ObjectNode request() {
        return NodeClient.JSON
                .createObjectNode()
                .put("account", DemoPlant.ACCOUNT)
                .put("label", "demo")
                .put("sender", DemoMessages.SENDER)
                .put("template", DemoMessages.TEMPLATE);
    }

    /** Those in the inbox; the last may still be on its way. */
    private static long mo(NodeClient node) {
        AtomicLong found = new AtomicLong();
        Poll.until(MO_TIMEOUT, () -> {
            found.set(node.get("/api/v1/inbox?limit=1000&account=" + DemoPlant.ACCOUNT)
                    .path("inbox")
                    .size());
            return Optional.of(found.get()).filter(mo -> mo >= STOPS);
        });
        return found.get();
    }
}
