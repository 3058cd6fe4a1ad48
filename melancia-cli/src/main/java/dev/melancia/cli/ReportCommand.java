package dev.melancia.cli;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.suite.Suite;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Scores the answers of a run once more, perhaps with other scorers, and writes the reports; no model is called. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Scores a run's answers again with the suite's scorers and writes the reports. Calls no subject.")
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Suite suite = options.suite();
        BenchmarkResult result = BenchmarkResult.load(options.folder(), suite.scorers());
        Reports.write(
                BenchmarkReport.of(result),
                options.folder(),
                options.language(suite),
                spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
