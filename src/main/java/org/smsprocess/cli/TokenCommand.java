// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.ApiToken;
import org.smsprocess.api.http.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (scopes.contains(Scope.OPEN)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--scopes: open is none of send, read, admin");
        }
        byte[] secret = new byte[OCTETS];
        new SecureRandom().nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String names = String.join(" ", scopes.stream().map(Scope::wireName).toList());
        if (spec != null) {
            var out = spec.commandLine().getOut();
            out.println("token: " + token);
            out.println("settings: { name = \"" + name.replace("\"", "") + "\", sha256 = \""
                    + HexFormat.of().formatHex(ApiToken.sha256(token)) + "\", scopes = \"" + names + "\" }");
            out.flush();
        }
        return 0;
    }
}
