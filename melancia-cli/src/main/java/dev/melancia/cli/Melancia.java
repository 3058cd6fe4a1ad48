package dev.melancia.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program that benchmarks from the command line; applications use {@code dev.melancia.benchmark} itself. Exit codes: 0 done, 1 a rule of the suite's gate is broken, 2 bad input, 3 a
 * rule is left open, 4 stopped before the end.
 *
 * @since 0.1.0
 */
@Command(
        name = "melancia",
        description = "Benchmarks language models on your own questions, and shows recorded runs.",
        mixinStandardHelpOptions = true,
        version = "melancia 0.1.0-SNAPSHOT",
        subcommands = {RunCommand.class, ReportCommand.class, CompareCommand.class, RunsCommand.class})
public final class Melancia implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run()
    private CommandSpec spec;

    Melancia() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Melancia()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(Problem.told(failure));
            return ExitCode.BAD_INPUT;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: run, report, compare or runs");
    }
}
