// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.smsprocess.process.AddressUnusable;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.store.DatabaseUnusable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The root: finds the command, runs it, and tells a user's mistake in one line. A new command is one file and one line here. */
@Command(
        name = "sms-process",
        mixinStandardHelpOptions = true,
        versionProvider = SmsProcessCommand.Version.class,
        subcommandsRepeatable = false,
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            SimulatorCommand.class,
            SendCommand.class,
            InDoubtCommand.class,
            QuarantineCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            TokenCommand.class,
            BenchCommand.class,
            SoakCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        description = "Sends MT, correlates SR and takes MO over SMPP 3.4; keeps all of it in PostgreSQL.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  it went wrong; stderr says why",
            "  2  wrong arguments or settings",
            "",
            "`sms-process COMMAND --help` tells more of each."
        })
public final class SmsProcessCommand implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private static final List<String> ROOT_OPTIONS = List.of("--help", "-h", "--version", "-V");

    @Spec
    private @Nullable CommandSpec spec;

    /** @return the exit code; it is left to the caller to end the JVM */
    public static int run(String... args) {
        return commandLine().execute(withDefaultCommand(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SmsProcessCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(SmsProcessCommand::exitCode)
                .setExecutionExceptionHandler(SmsProcessCommand::told);
    }

    /** Options without a command are the demo's: {@code --messages 1000 --exit}. */
    static String[] withDefaultCommand(String... args) {
        return args.length > 0 && args[0].startsWith("--") && !ROOT_OPTIONS.contains(args[0])
                ? Stream.concat(Stream.of("demo"), Arrays.stream(args)).toArray(String[]::new)
                : args;
    }

    /** A user's mistake is told in a line, without the trace that would hide it. */
    private static int told(Exception thrown, CommandLine command, ParseResult parsed) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        Throwable outside = outside(failure);
        if (failure instanceof UserError
                || failure instanceof DatabaseUnusable
                || failure instanceof AddressUnusable
                || isSetting(failure)) {
            err.println(name + ": " + failure.getMessage());
        } else if (outside != null) {
            err.println(name + ": " + outside.getMessage());
        } else {
            err.println(name + ": " + failure);
            LoggerFactory.getLogger(SmsProcessCommand.class).error("{} failed", command.getCommandName(), failure);
        }
        err.flush();
        return command.getExitCodeExceptionMapper().getExitCode(failure);
    }

    /** What went wrong with a socket or a file, in the words of who used it; no trace tells more. Null: it is something else. */
    private static @Nullable Throwable outside(Throwable failure) {
        for (Throwable user = failure; user.getCause() != null; user = user.getCause()) {
            if (user.getCause() instanceof IOException) {
                return user instanceof CompletionException ? user.getCause() : user;
            }
        }
        return failure instanceof IOException ? failure : null;
    }

    private static int exitCode(Throwable failure) {
        if (failure instanceof UserError error) {
            return error.exitCode();
        }
        return failure instanceof ParameterException || isSetting(failure) ? WRONG_USE : FAILED;
    }

    private static boolean isSetting(Throwable failure) {
        return failure instanceof ConfigException || failure instanceof InvalidSettings;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing command");
        }
    }

    /** The jar's version, or "unpackaged" when run from classes. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = SmsProcessCommand.class.getPackage().getImplementationVersion();
            return new String[] {"sms-process " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
