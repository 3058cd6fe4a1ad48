package dev.melancia.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs, the latest first. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists runs, the latest first.")
final class RunsListCommand implements Callable<Integer> {

    @Mixin
    private final RunsOptions options = new RunsOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most runs; default 50.")
    private int limit;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunsTerminal.list(
                options.runs().search("", List.of(), limit), spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
