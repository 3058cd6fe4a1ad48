package dev.melancia.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What experiment trackers recorded in a folder. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, searches and compares recorded runs, and brings them to an MLflow server.",
        subcommands = {
            RunsListCommand.class,
            RunsShowCommand.class,
            RunsSearchCommand.class,
            RunsCompareCommand.class,
            RunsPushCommand.class
        })
final class RunsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing after runs: list, show, search, compare or push");
    }
}
