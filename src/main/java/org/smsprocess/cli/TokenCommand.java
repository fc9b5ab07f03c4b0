// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.ConfigUtil;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.smsprocess.api.http.ApiToken;
import org.smsprocess.api.http.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token}: a new API token, and the line of settings that lets it in. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an API token.",
            "The token itself goes to the client and is shown only now; the line with its hash goes into sms-process.http.tokens."
        })
final class TokenCommand implements Callable<Integer> {
    private static final int OCTETS = 32;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who gets it; appears in the log.")
    private String name = "";

    @Option(
            names = "--scopes",
            split = ",",
            defaultValue = "send,read",
            paramLabel = "SCOPE",
            description = "send, read, admin; separated by commas (default: ${DEFAULT-VALUE}).")
    private List<Scope> scopes = List.of();

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        if (scopes.contains(Scope.OPEN)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--scopes: open is none of send, read, admin");
        }
        byte[] secret = new byte[OCTETS];
        new SecureRandom().nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String names = String.join(" ", scopes.stream().map(Scope::wireName).toList());
        terminal.say("token: " + token);
        terminal.say("settings: { name = " + ConfigUtil.quoteString(name) + ", sha256 = \""
                + HexFormat.of().formatHex(ApiToken.sha256(token)) + "\", scopes = \"" + names + "\" }");
        return 0;
    }
}
