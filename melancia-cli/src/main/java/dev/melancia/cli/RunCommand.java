package dev.melancia.cli;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.BenchmarkStoppedException;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks what is still to be asked, and writes the reports. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a suite. After Ctrl-C or a crash the same command goes on where it stopped.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(names = "--quick", description = "At most twenty questions, drawn from all tags, once each.")
    private boolean quick;

    @Option(names = "--retry-failures", description = "Asks again what failed in this folder.")
    private boolean retryFailures;

    @Option(names = "--budget", paramLabel = "USD", description = "Stops before more is spent; default the suite's.")
    private @Nullable BigDecimal budget;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try") // Ctrl-C is listened to while the resource is open; nothing else is asked of it
    public Integer call() throws IOException {
        Suite suite = options.suite();
        Path folder = options.folder();
        ReportLanguage language = options.language(suite);
        PrintWriter err = spec.commandLine().getErr();
        err.println(suite.name() + ": kept in " + folder
                + "; the same command goes on with it, another --folder begins anew");
        Benchmark benchmark = benchmark(suite, folder, err);
        BenchmarkResult result;
        try (CtrlC stop = CtrlC.interrupts(Thread.currentThread())) {
            result = benchmark.run();
        } catch (BenchmarkStoppedException e) {
            err.println(Problem.told(e));
            return ExitCode.UNFINISHED;
        }
        BenchmarkReport report = BenchmarkReport.of(result);
        Reports.write(report, folder, language, spec.commandLine().getOut());
        if (result.endedBy() != BenchmarkResult.EndedBy.ALL_ASKED) {
            err.println(
                    "melancia: stopped before the end (" + result.endedBy() + "): " + result.unasked() + " not asked");
            return ExitCode.UNFINISHED;
        }
        return suite.gate()
                .map(gate -> Reports.told(gate.check(report), spec.commandLine().getOut()))
                .orElse(ExitCode.OK);
    }

    private Benchmark benchmark(Suite suite, Path folder, PrintWriter progress) {
        Benchmark.Builder benchmark =
                suite.benchmark(ChatModelProviders.discover()).folder(folder).progress(progress);
        if (quick) {
            benchmark.mode(Benchmark.Mode.QUICK).repeats(1);
        }
        if (retryFailures) {
            benchmark.retryFailures();
        }
        if (budget != null) {
            benchmark.budgetUsd(budget);
        }
        return benchmark.build();
    }
}
