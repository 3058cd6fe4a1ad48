package dev.melancia.cli;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.regression.RegressionReport;
import dev.melancia.suite.Suite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what became better and worse since an earlier run, and whether the suite's gate lets it pass. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares a run with an earlier one and checks the suite's gate. Calls no subject.")
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(names = "--earlier", required = true, paramLabel = "FOLDER", description = "The earlier run.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path earlier;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Suite suite = options.suite();
        RegressionReport report = RegressionReport.of(report(suite, earlier), report(suite, options.folder()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.text(options.language(suite)));
        out.flush();
        return suite.gateAgainstEarlierRun()
                .map(gate -> Reports.told(gate.check(report), out))
                .orElse(ExitCode.OK);
    }

    private static BenchmarkReport report(Suite suite, Path folder) {
        return BenchmarkReport.of(BenchmarkResult.load(folder, suite.scorers()));
    }
}
