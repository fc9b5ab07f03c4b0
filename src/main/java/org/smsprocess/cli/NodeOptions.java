// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node a command speaks to, and with what right. */
final class NodeOptions {
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

    NodeClient client() {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new UserError(
                    SmsProcessCommand.WRONG_USE, "--url " + url + ": must be like http://127.0.0.1:8080 or https://…");
        }
        return new NodeClient(url, token == null || token.isBlank() ? null : token);
    }
}
