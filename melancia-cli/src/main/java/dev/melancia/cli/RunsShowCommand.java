package dev.melancia.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows everything of one run but the content of its files. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a run: parameters, metrics, tags, datasets and artifacts.")
final class RunsShowCommand implements Callable<Integer> {

    @Mixin
    private final RunsOptions options = new RunsOptions();

    @Parameters(index = "0", paramLabel = "RUN", description = "Id, beginning of an id, or name.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String run;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunsTerminal.show(
                RunsOptions.one(options.runs(), run), spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
