// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code send}: submits one message or a file of recipients to a node, and shows what becomes of them. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Submits one message, or a file of recipients, to a node over HTTP.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sms-process send --account acme --from ACME --to +33600000001 --text 'Hello' --wait",
            "  sms-process send --account acme --csv people.csv --text 'Hello {{firstName}}' --wait",
            "",
            "A CSV file names its columns in its first line: `to`, and `reference` and `text` if wanted;",
            "each other column is a field of the template. A file ending in .ndjson or .jsonl has one JSON",
            "object a line instead.",
            "",
            "With --wait the exit code is 1 when a message failed."
        })
final class SendCommand implements Callable<Integer> {
    private static final Set<String> ARRIVED = Set.of("delivered", "verified");
    private static final Set<String> FINAL = Set.of("delivered", "verified", "failed", "cancelled", "held");
    private static final Duration LONG = Duration.ofDays(7); // who waits for a status report decides how long

    @Option(names = "--account", required = true, paramLabel = "A", description = "Account to send with.")
    private String account = "";

    @Option(names = "--from", paramLabel = "S", description = "Sender; the account's source-number if absent.")
    private @Nullable String from;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Whom whom = new Whom();

    @Option(
            names = "--text",
            paramLabel = "T",
            description = "The text; with --csv a template in which {{column}} stands for a column's value.")
    private @Nullable String text;

    @Option(
            names = "--label",
            paramLabel = "L",
            description = "Name of the delivery made of a file; its file's name if absent.")
    private @Nullable String label;

    @Mixin
    private NodeOptions nodeOptions = new NodeOptions();

    @Option(names = "--wait", description = "Stay until each message has its final status, and show how they get on.")
    private boolean wait;

    @Mixin
    private Terminal terminal = new Terminal();

    /** Either a number or a file. */
    static final class Whom {
        @Option(names = "--to", required = true, paramLabel = "N", description = "Number to send one message to.")
        @Nullable
        String to;

        @Option(names = "--csv", required = true, paramLabel = "FILE", description = "File of recipients.")
        @Nullable
        Path csv;
    }

    @Override
    public Integer call() {
        NodeClient node = nodeOptions.client();
        return whom.csv == null ? sendOne(node, String.valueOf(whom.to)) : sendFile(node, whom.csv);
    }

    private int sendOne(NodeClient node, String to) {
        if (text == null) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--to needs --text");
        }
        ObjectNode request = request();
        request.putArray("messages").addObject().put("to", to).put("text", text);
        long id = node.post("/api/v1/messages", request).path("ids").path(0).asLong();
        terminal.say("accepted: message " + id);
        if (!wait) {
            return 0;
        }
        AtomicReference<String> shown = new AtomicReference<>("");
        Optional<String> end = Poll.until(LONG, () -> {
            JsonNode message = node.get("/api/v1/messages/" + id);
            String status = message.path("status").asText();
            if (!status.equals(shown.getAndSet(status))) {
                terminal.say(status
                        + (message.has("error") ? ": " + message.path("error").asText() : ""));
            }
            return Optional.of(status).filter(FINAL::contains);
        });
        return end.filter(ARRIVED::contains).isPresent() ? 0 : SmsProcessCommand.FAILED;
    }

    private int sendFile(NodeClient node, Path file) {
        if (!Files.isReadable(file)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, file + " cannot be read");
        }
        ObjectNode request = request().put("label", label == null ? String.valueOf(file.getFileName()) : label);
        if (text != null) {
            request.put("template", text);
        }
        RemoteDelivery delivery = RemoteDelivery.create(node, request);
        JsonNode uploaded = delivery.upload(file);
        for (JsonNode error : uploaded.path("errors")) {
            terminal.err()
                    .println("line " + error.path("line").asLong() + ": "
                            + error.path("message").asText());
        }
        long refused = uploaded.path("refused").asLong();
        terminal.say("accepted: " + uploaded.path("accepted").asLong() + " messages in delivery " + delivery.id()
                + (refused == 0 ? "" : ", refused: " + refused));
        delivery.start();
        if (!wait) {
            return 0;
        }
        RemoteDelivery.Counters end = delivery.await(LONG, terminal.out());
        terminal.say(end);
        return end.isFinal() && end.failed() + end.inDoubt() == 0 ? 0 : SmsProcessCommand.FAILED;
    }

    private ObjectNode request() {
        ObjectNode request = NodeClient.JSON.createObjectNode().put("account", account);
        return from == null ? request : request.put("sender", from);
    }
}
