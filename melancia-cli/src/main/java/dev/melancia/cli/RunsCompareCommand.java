package dev.melancia.cli;

import dev.melancia.comparison.MetricDirections;
import dev.melancia.comparison.RunsReport;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RecordedRuns;
import dev.melancia.report.RunsFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts runs side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Puts runs side by side: parameters that differ, metrics, and whether differences are more than noise.")
final class RunsCompareCommand implements Callable<Integer> {

    @Mixin
    private final RunsOptions options = new RunsOptions();

    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Id, beginning of an id, or name; two or more.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<String> runs;

    @Option(names = "--higher", paramLabel = "METRIC", split = ",", description = "More of it is better.")
    private List<String> higher = List.of();

    @Option(names = "--lower", paramLabel = "METRIC", split = ",", description = "Less of it is better.")
    private List<String> lower = List.of();

    @Option(
            names = "--samples",
            paramLabel = "METRIC",
            split = ",",
            description =
                    "It has a point for each case, such as a question: means are tested, not the latest compared.")
    private List<String> samples = List.of();

    @Option(names = "--html", paramLabel = "FILE", description = "Writes one page for people.")
    private @Nullable Path html;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes one row a run and metric.")
    private @Nullable Path csv;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RecordedRuns recorded = options.runs();
        List<RecordedRun> wanted =
                runs.stream().map(run -> RunsOptions.one(recorded, run)).toList();
        MetricDirections directions = MetricDirections.standard()
                .higher(higher.toArray(String[]::new))
                .lower(lower.toArray(String[]::new));
        checkSamples(wanted);
        RunsReport report = RunsReport.of(recorded, wanted, new RunsReport.Settings(directions, Set.copyOf(samples)));
        PrintWriter out = spec.commandLine().getOut();
        out.print(RunsFormat.TEXT.render(report));
        write(RunsFormat.HTML, report, html);
        write(RunsFormat.CSV, report, csv);
        out.flush();
        return ExitCode.OK;
    }

    private void checkSamples(List<RecordedRun> wanted) {
        for (String key : samples) {
            if (wanted.stream().noneMatch(run -> run.metrics().containsKey(key))) {
                throw new IllegalArgumentException("--samples must name a metric of the runs, was \"" + key
                        + "\"; runs show lists the metrics of a run");
            }
        }
    }

    private void write(RunsFormat format, RunsReport report, @Nullable Path file) throws IOException {
        if (file != null) {
            format.write(report, file);
            spec.commandLine().getOut().println(file.toAbsolutePath());
        }
    }
}
