// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code in-doubt}: what an operator does about messages whose answer was lost. */
@Command(
        name = "in-doubt",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Lists messages that were submitted and whose answer was lost, and settles them.",
            "Accounts with in-doubt = hold keep such messages for an operator."
        })
final class InDoubtCommand implements Runnable {
    @Mixin
    private final Terminal terminal = new Terminal();

    @Override
    public void run() {
        throw terminal.missing("list, resend or close");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows them, one a line: id, account, to, submitted, reason.")
    int list(
            @Mixin NodeOptions node,
            @Nullable @Option(names = "--account", paramLabel = "A", description = "Of this account only.")
                    String account,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit) {
        JsonNode messages = node.client()
                .get("/api/v1/messages?status=in_doubt&limit=" + limit + NodeClient.parameter("account", account))
                .path("messages");
        for (JsonNode message : messages) {
            terminal.out()
                    .println(String.join(
                            "  ",
                            message.path("id").asText(),
                            message.path("account").asText(),
                            message.path("to").asText(),
                            message.path("submittedAt").asText("-"),
                            message.path("error").asText()));
        }
        terminal.out().flush();
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Sends them again, marked in the log; they may arrive twice.")
    int resend(@Mixin NodeOptions node, @Parameters(arity = "1..*", paramLabel = "ID") List<Long> ids) {
        return settle(node, ids, "resend", NodeClient.JSON.createObjectNode());
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends them as failed.")
    int close(
            @Mixin NodeOptions node,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Goes to the delivery log.")
                    String reason,
            @Parameters(arity = "1..*", paramLabel = "ID") List<Long> ids) {
        return settle(node, ids, "close", NodeClient.JSON.createObjectNode().put("reason", reason));
    }

    /** One that cannot be settled is told and does not keep the others from it. */
    private int settle(NodeOptions options, List<Long> ids, String action, ObjectNode body) {
        NodeClient node = options.client();
        int exitCode = 0;
        for (long id : ids) {
            try {
                JsonNode message = node.post("/api/v1/messages/" + id + "/" + action, body);
                terminal.out().println(id + ": " + message.path("status").asText());
            } catch (UserError refused) {
                terminal.out().println(id + ": " + refused.getMessage());
                exitCode = SmsProcessCommand.FAILED;
            }
        }
        terminal.out().flush();
        return exitCode;
    }
}
