// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the words of a command go. To be mixed into it. */
@Command
class Terminal {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    PrintWriter out() {
        return command().commandLine().getOut();
    }

    PrintWriter err() {
        return command().commandLine().getErr();
    }

    /** Flushed, because more may follow only after minutes. */
    void say(Object line) {
        out().println(line);
        out().flush();
    }

    /** @param commands one of which was to be named */
    ParameterException missing(String commands) {
        return new ParameterException(command().commandLine(), "Missing command: " + commands);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "picocli sets it before the command runs");
    }
}
