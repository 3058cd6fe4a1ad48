package dev.melancia.examples.guide;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Scorer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** The code of the guide on running a benchmark. */
final class BenchmarkRunGuide {

    private BenchmarkRunGuide() {}

    static BenchmarkResult run(Dataset dataset, Subject phi3, Subject mini, Path folder) {
        // region run
        BenchmarkResult result = Benchmark.builder()
                .dataset(dataset)
                .subject(phi3) // local unless it says otherwise: one call at a time
                .subject(mini.placed(Placement.remote(10))) // beside it, ten at once
                .repeats(3)
                .budgetUsd(new BigDecimal("2.50"))
                .folder(folder.resolve("run-1"))
                .progress(System.err)
                .build()
                .run();
        // endregion
        return result;
    }

    static BenchmarkReport later(Path folder, Scorer brief) {
        // region later
        BenchmarkResult result = BenchmarkResult.load(folder.resolve("run-1"), List.of(brief));
        BenchmarkReport report = BenchmarkReport.of(result);
        // endregion
        return report;
    }
}
