package dev.melancia.examples.guide;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.PairComparison;
import dev.melancia.analysis.ParetoFront;
import dev.melancia.analysis.ProjectedCost;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.regression.Findings;
import dev.melancia.regression.Gate;
import dev.melancia.regression.RegressionReport;
import dev.melancia.scorer.Question;
import dev.melancia.selection.Candidate;
import dev.melancia.selection.CrossValidated;
import dev.melancia.selection.CrossValidation;
import dev.melancia.selection.Fit;
import dev.melancia.tracking.BenchmarkTracking;
import dev.melancia.tracking.TraceContent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The code of the guides on what a benchmark concludes, on choosing, and on regressions. */
final class ConclusionsGuide {

    private ConclusionsGuide() {}

    static MetricSummary summary(BenchmarkResult result) {
        // region summary
        BenchmarkReport report = BenchmarkReport.of(result);
        MetricSummary f1 = report.subject("openai/gpt-4o-mini").metric("token F1");
        f1.mean(); // over f1.n() questions; repeats of a question are averaged first
        f1.interval(); // 95 %, made by f1.method(); else f1.noInterval() says why not
        f1.notApplicable(); // answers the scorer had nothing to say of

        MetricSummary latency = report.subject("openai/gpt-4o-mini").latency();
        latency.p95(); // with its interval, or "n too small: 20 of 59"
        // endregion
        return f1;
    }

    static String pair(BenchmarkReport report) {
        // region pair
        PairComparison pair = report.pair("openai/gpt-4o-mini", "ollama/phi3:mini");
        MetricComparison f1 = pair.metric("token F1");
        f1.difference(); // first minus second, question by question
        f1.adjustedPValue(); // Holm, over all pairs and metrics of the report
        f1.minimumDetectable(); // what so many questions could have shown
        f1.verdict();

        String sentence = pair.sentence(ReportLanguage.PORTUGUESE);
        // endregion
        return sentence;
    }

    static ParetoFront front(BenchmarkReport report) {
        // region front
        ParetoFront front = report.pareto("token F1", "cost", "latency");
        front.front(); // the subjects that no other dominates
        front.points(); // all, with how sure it is that they are dominated, and by whom
        // endregion
        return front;
    }

    static Optional<ProjectedCost> cost(BenchmarkReport report) {
        // region cost
        // 10,000 calls a day, a fifth of them paid, the others on a server of 30 USD a month
        Optional<ProjectedCost> month =
                report.subject("openai/gpt-4o-mini").projectedCost(10_000, 0.2, new BigDecimal("30"));
        month.ifPresent(projected -> {
            projected.expected().usdPerMonth();
            projected.high(); // at the upper end of the measured cost's interval
        });
        // endregion
        return month;
    }

    static CrossValidated choose(BenchmarkReport report) {
        // region choose
        List<Candidate> prompts = Candidate.all(report, "token F1"); // one subject for each prompt
        CrossValidated honest =
                CrossValidation.of(5, 10, 42).run(report.dataset().questions(), Fit.best(prompts));
        honest.choice(); // the best on all questions: deploy this
        honest.apparent(); // its mean there, which is too good
        honest.outOfFold(); // what choosing in this way gets elsewhere: report this, with honest.interval()
        honest.optimism(); // the winner's curse
        // endregion
        return honest;
    }

    static CrossValidated threshold(BenchmarkReport report) {
        // region threshold
        Candidate local = Candidate.of(report.subject("ollama/phi3:mini"), "token F1");
        Candidate paid = Candidate.of(report.subject("openai/gpt-4o-mini"), "token F1");
        Fit byWords = Fit.threshold(ConclusionsGuide::words, local, paid);
        Fit byShare = Fit.best(List.of(
                paid, paid.mixedWith(local, 0.25), paid.mixedWith(local, 0.5), paid.mixedWith(local, 0.75), local));
        CrossValidated honest = CrossValidation.of(5, 10, 42)
                .run(report.dataset().questions(), Fit.bestOf(List.of(byWords, byShare), 5, 7));
        // endregion
        return honest;
    }

    private static int words(Question question) {
        return question.text().split("\\s+", -1).length;
    }

    static int gate(BenchmarkReport earlier, BenchmarkReport now) {
        // region gate
        RegressionReport change = RegressionReport.of(earlier, now);
        change.text(ReportLanguage.ENGLISH); // what became better and worse, new failures, changed questions

        Findings findings = Gate.builder()
                .noWorse("token F1", 0.05)
                .noNewFailure()
                .failureRateAtMost(0.05)
                .latencyMedianAtMost(Duration.ofSeconds(20))
                .build()
                .check(change);
        findings.verify(); // in a test: AssertionError with all that does not pass
        int exitCode = findings.exitCode(); // for a program: 0, 1 broken, 3 inconclusive
        // endregion
        return exitCode;
    }

    static List<String> track(ExperimentTracker tracker, BenchmarkReport report) {
        // region track
        List<String> runIds = BenchmarkTracking.to(tracker).log(report);
        // endregion
        return runIds;
    }

    static List<String> evaluation(ExperimentTracker tracker, BenchmarkReport report) {
        // region evaluation
        List<String> runIds = BenchmarkTracking.to(tracker)
                .withTraces(
                        TraceContent
                                .TEXTS) // FIGURES keeps questions and answers at home; so must withArtifacts(Set.of())
                .log(report);
        // endregion
        return runIds;
    }
}
