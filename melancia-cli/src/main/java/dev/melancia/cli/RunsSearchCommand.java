package dev.melancia.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds runs by a filter. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Finds runs by MLflow's filter, such as \"metrics.accuracy > 0.8 and params.model = 'phi3'\".")
final class RunsSearchCommand implements Callable<Integer> {

    @Mixin
    private final RunsOptions options = new RunsOptions();

    @Parameters(index = "0", paramLabel = "FILTER", description = "Comparisons joined by and.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String filter;

    @Option(
            names = "--order-by",
            paramLabel = "FIELD",
            description = "Such as \"metrics.accuracy DESC\"; may be repeated.")
    private List<String> orderBy = List.of();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most runs; default 50.")
    private int limit;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunsTerminal.list(
                options.runs().search(filter, orderBy, limit),
                spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
