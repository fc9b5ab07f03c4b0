// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The node (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SMS_PROCESS_TOKEN}",
            description = "API token; better given in the environment as SMS_PROCESS_TOKEN.")
    private @Nullable String token;

    @Option(names = "--wait", description = "Stay until each message has its final status, and show how they get on.")
    private boolean wait;

    @Spec
    private @Nullable CommandSpec spec;

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
        NodeClient node = new NodeClient(url, token == null || token.isBlank() ? null : token);
        long delivery = whom.csv == null ? sendOne(node, String.valueOf(whom.to)) : sendFile(node, whom.csv);
        if (!wait) {
            return 0;
        }
        DeliveryWatch.Counters end = new DeliveryWatch(node, delivery, out()).await();
        return end.failed() + end.inDoubt() == 0 ? 0 : SmsProcessCommand.FAILED;
    }

    private long sendOne(NodeClient node, String to) {
        if (text == null) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--to needs --text");
        }
        ObjectNode request = NodeClient.JSON.createObjectNode().put("account", account);
        if (from != null) {
            request.put("sender", from);
        }
        request.putArray("messages").addObject().put("to", to).put("text", text);
        JsonNode accepted = node.post("/api/v1/messages", request);
        out().println("accepted: message " + accepted.path("ids").path(0).asLong());
        return accepted.path("delivery").asLong();
    }

    private long sendFile(NodeClient node, Path file) {
        if (!Files.isReadable(file)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, file + " cannot be read");
        }
        ObjectNode request = NodeClient.JSON.createObjectNode().put("account", account);
        request.put("label", label == null ? String.valueOf(file.getFileName()) : label);
        if (from != null) {
            request.put("sender", from);
        }
        if (text != null) {
            request.put("template", text);
        }
        long delivery =
                node.post("/api/v1/deliveries", request).path("delivery").asLong();
        String path = "/api/v1/deliveries/" + delivery;
        JsonNode uploaded = upload(node, path + "/recipients", file);
        for (JsonNode error : uploaded.path("errors")) {
            err().println("line " + error.path("line").asLong() + ": "
                    + error.path("message").asText());
        }
        out().println("accepted: " + uploaded.path("accepted").asLong() + " messages in delivery " + delivery
                + (uploaded.path("refused").asLong() == 0
                        ? ""
                        : ", refused: " + uploaded.path("refused").asLong()));
        node.post(path + "/start");
        return delivery;
    }

    private JsonNode upload(NodeClient node, String path, Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String type = name.endsWith(".ndjson") || name.endsWith(".jsonl") ? "application/x-ndjson" : "text/csv";
        try (Progress progress = Progress.of("upload", Files.size(file), "octets")) {
            return node.upload(path, type, () -> opened(file, progress));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream opened(Path file, Progress progress) {
        try {
            return progress.count(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PrintWriter out() {
        return java.util.Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return java.util.Objects.requireNonNull(spec).commandLine().getErr();
    }
}
