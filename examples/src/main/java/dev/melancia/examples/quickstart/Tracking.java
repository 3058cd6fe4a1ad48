package dev.melancia.examples.quickstart;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.cost.Cost;
import dev.melancia.drift.DriftReport;
import dev.melancia.drift.DriftVerdict;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.tracking.BenchmarkTracking;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Writes what was found into the tracker: one run for the traffic, one for each benchmarked model. */
final class Tracking implements AutoCloseable {

    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private final ExperimentTracker tracker;
    private final Path folder;

    Tracking(ExperimentTracker tracker, Path folder) {
        this.tracker = tracker;
        this.folder = folder;
    }

    void benchmark(BenchmarkReport report) {
        BenchmarkTracking.to(tracker).log(report);
    }

    void traffic(TrafficFigures traffic, DriftReport drift) {
        try (Run run = tracker.startRun("hybrid traffic")) {
            run.param("policy", HybridTraffic.policy().id());
            run.param("policy_version", HybridTraffic.policy().version());
            run.param("calls", traffic.calls());
            run.param("users", Quickstart.USERS);
            run.tag("drift", driftTag(drift));
            double[] latency = traffic.latencyMillis();
            for (int call = 0; call < latency.length; call++) {
                run.metric("latency_ms", latency[call], call);
            }
            run.metric("latency_ms/mean", mean(latency));
            run.metric("quality/mean", mean(traffic.quality()));
            run.metric("output_tokens/mean", mean(traffic.outputTokens()));
            run.metric("fallbacks", traffic.fallbacks().size());
            run.metric("users_on_both_arms", traffic.usersOnBothArms());
            traffic.byAnswerer().forEach((model, calls) -> run.metric("answered_by/" + model.model(), calls));
            usd(run, traffic.cost());
            run.artifact(folder.resolve("benchmark.html"));
            run.artifact(folder.resolve("calls.jsonl"));
        }
    }

    /** Too few values on a metric is not stable. */
    static String driftTag(DriftReport drift) {
        if (drift.isDrifted()) {
            return "drifted";
        }
        return drift.verdicts().stream().allMatch(DriftVerdict::isJudged) ? "stable" : "not judged";
    }

    /** Where the runs are, and whether a server that was named has them all. */
    String delivered() {
        String local = tracker.runs().size() + " runs in " + folder.resolve("runs");
        if (tracker.uploads().isEmpty()) {
            return local + " (set MLFLOW_TRACKING_URI to send them to MLflow too)";
        }
        return tracker.flush(DELIVERY)
                ? local + ", all of them in MLflow"
                : local + "; MLflow does not have all of them yet, the next start goes on: "
                        + tracker.uploads().orElseThrow();
    }

    private static void usd(Run run, Cost cost) {
        cost.usd().ifPresent(usd -> run.metric("cost_usd", usd.doubleValue()));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    @Override
    public void close() {
        tracker.close();
    }
}
