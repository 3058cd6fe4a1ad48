package dev.melancia.benchmarks;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.MetricSummary;
import dev.melancia.experiment.Run;
import java.nio.file.Path;
import java.util.List;

/** A folder with a million metrics: how long a new process waits for it. */
final class LargeJournal implements TrackingSpeed.Part {

    private static final int METRICS = 1_000_000;
    private static final double BAR_SECONDS = 10;

    private final Path folder;

    LargeJournal(TrackingSettings settings) {
        this.folder = settings.folder().resolve("million");
    }

    @Override
    public List<Check> measure() {
        long start = System.nanoTime();
        String id = fill();
        double filled = seconds(start);
        start = System.nanoTime();
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build();
                Run run = tracker.startRun("second")) {
            run.metric("loss", 1);
            double opened = seconds(start);
            start = System.nanoTime();
            long found = tracker.runs().get(0).metrics().values().stream()
                    .mapToLong(MetricSummary::count)
                    .sum();
            double listed = seconds(start);
            start = System.nanoTime();
            long points = tracker.history(id, "loss").size();
            double read = seconds(start);
            return List.of(
                    new Check("a million metrics: seconds to record them", filled, Double.NaN),
                    new Check("a million metrics: seconds to open and record one more", opened, BAR_SECONDS),
                    new Check("a million metrics: seconds for runs()", listed, BAR_SECONDS),
                    new Check("a million metrics: seconds for history()", read, BAR_SECONDS),
                    new Check(
                            "a million metrics: not found again",
                            Math.abs(METRICS - found) + Math.abs(METRICS - points),
                            0));
        }
    }

    private String fill() {
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build();
                Run run = tracker.startRun("first")) {
            for (int i = 0; i < METRICS; i++) {
                run.metric("loss", i * .001);
            }
            return run.id();
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
