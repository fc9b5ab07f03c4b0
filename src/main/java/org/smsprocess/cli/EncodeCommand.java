// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.ConfigUtil;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.process.NodeConfig;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.Preview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encode}: what an account would make of a text. */
@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows what an account makes of a text: encoding, SMS, characters left, what is approximated.")
final class EncodeCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings with the account.")
    private Path config = Path.of("");

    @Option(names = "--account", required = true, paramLabel = "A", description = "Account to send with.")
    private String account = "";

    @Parameters(paramLabel = "TEXT", description = "The text.")
    private String text = "";

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        var settings = NodeConfig.source(config).load();
        if (!settings.hasPath("sms-process.accounts." + ConfigUtil.quoteString(account))) {
            throw new UserError(SmsProcessCommand.WRONG_USE, config + " has no account " + account);
        }
        Preview preview =
                AccountSettings.from(account, settings).channel().textEncoder().preview(text);
        print(preview, terminal.out());
        return preview.reason() == null ? 0 : SmsProcessCommand.FAILED;
    }

    private static void print(Preview preview, PrintWriter out) {
        Encoding encoding = preview.encoding();
        if (encoding == null) {
            out.println("cannot be sent: " + preview.reason());
            out.flush();
            return;
        }
        out.println("encoding         " + encoding.charset().configName());
        out.println("data_coding      " + encoding.dataCoding());
        out.println("cost             " + preview.sms() + " SMS");
        out.println("submit_sm        " + preview.parts());
        out.println("characters left  " + preview.charactersLeft());
        preview.replacements()
                .forEach(change -> out.println("approximated     '" + change.from() + "' -> '" + change.to()
                        + "' at position " + change.position()));
        out.flush();
    }
}
