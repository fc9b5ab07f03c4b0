// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quarantine}: the numbers that must not be written to. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Lists numbers that must not be written to, adds and removes them.",
            "They hold for the accounts with a short code. MO rules change them too."
        })
final class QuarantineCommand implements Runnable {
    private static final String PATH = "/api/v1/quarantine";
    /** Of one request; far below what nodes take unless told otherwise. */
    private static final int AT_ONCE = 1000;

    @Mixin
    private final Terminal terminal = new Terminal();

    @Override
    public void run() {
        throw terminal.missing("list, add or remove");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows them, one a line: short code, number, since, reason.")
    int list(
            @Mixin NodeOptions options,
            @Nullable @Option(names = "--short-code", paramLabel = "C", description = "Of this short code only.")
                    String shortCode,
            @Nullable @Option(names = "--number", paramLabel = "N", description = "This number only.") String number,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit) {
        NodeClient node = options.client();
        String filter = NodeClient.parameter("shortCode", shortCode) + NodeClient.parameter("number", number);
        String after = "";
        int left = limit;
        do {
            JsonNode page = node.get(PATH + "?limit=" + Math.min(left, AT_ONCE) + filter + after);
            JsonNode entries = page.path("quarantine");
            for (JsonNode entry : entries) {
                terminal.out()
                        .println(String.join(
                                "  ",
                                entry.path("shortCode").asText(),
                                entry.path("number").asText(),
                                entry.path("since").asText(),
                                entry.path("reason").asText()));
            }
            left -= entries.size();
            after = NodeClient.parameter("after", page.path("next").textValue());
        } while (left > 0 && !after.isEmpty());
        terminal.out().flush();
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Adds numbers; @FILE stands for those in a file.")
    int add(
            @Mixin NodeOptions node,
            @Option(names = "--short-code", required = true, paramLabel = "C", description = "Whose it is.")
                    String shortCode,
            @Nullable @Option(names = "--reason", paramLabel = "TEXT", description = "For those who look at the list.")
                    String reason,
            @Parameters(arity = "1..*", paramLabel = "NUMBER") List<String> numbers) {
        ObjectNode entry = NodeClient.JSON.createObjectNode().put("shortCode", shortCode);
        return change(node, numbers, reason == null ? entry : entry.put("reason", reason), "", "added");
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes numbers; @FILE stands for those in a file.")
    int remove(
            @Mixin NodeOptions node,
            @Option(names = "--short-code", required = true, paramLabel = "C", description = "Whose it is.")
                    String shortCode,
            @Parameters(arity = "1..*", paramLabel = "NUMBER") List<String> numbers) {
        ObjectNode entry = NodeClient.JSON.createObjectNode().put("shortCode", shortCode);
        return change(node, numbers, entry, "/remove", "removed");
    }

    /** @param entry but for its number */
    private int change(NodeOptions options, List<String> numbers, ObjectNode entry, String path, String done) {
        for (String number : numbers) {
            if (number.startsWith("@")) { // else its lines stood here
                throw new UserError(SmsProcessCommand.WRONG_USE, number.substring(1) + " cannot be read");
            }
        }
        NodeClient node = options.client();
        int count = 0;
        for (int from = 0; from < numbers.size(); from += AT_ONCE) {
            ObjectNode body = NodeClient.JSON.createObjectNode();
            ArrayNode entries = body.putArray("entries");
            for (String number : numbers.subList(from, Math.min(numbers.size(), from + AT_ONCE))) {
                entries.add(entry.deepCopy().put("number", number));
            }
            count += node.post(PATH + path, body).path(done).asInt();
        }
        terminal.out().println(done + ": " + count + " of " + numbers.size());
        terminal.out().flush();
        return 0;
    }
}
