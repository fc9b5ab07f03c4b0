// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.smsprocess.smpp.pdu.PduText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decode}: a PDU from any log, field by field. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        description = {
            "Shows an SMPP PDU field by field. What is no PDU is shown as far as it goes.",
            "Blanks, colons and 0x in the octets are ignored; several arguments are one PDU."
        })
final class DecodeCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "HEX", description = "The octets in hexadecimal, command_length first.")
    private List<String> octets = List.of();

    @Option(names = "--hide-text", description = "Mask short_message and message_payload.")
    private boolean hideText;

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        String digits = String.join("", octets).replaceAll("0[xX]|[\\s:|]", "");
        byte[] pdu;
        try {
            pdu = HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException noHex) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "not hexadecimal: " + noHex.getMessage());
        }
        var out = terminal.out();
        PduText.fields(pdu, !hideText).forEach(out::println);
        out.flush();
        return 0;
    }
}
