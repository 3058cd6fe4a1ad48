package dev.melancia.benchmarks;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How many metrics a second reach the server: recorded and flushed by a tracker with its defaults, and by bare requests of
 * 1,000 metrics each from one thread, which is the best a client can do there. Alternately, each in a run of its own that
 * exists before the clock starts.
 */
final class DrainRace implements TrackingSpeed.Part {

    static final int BATCH = 1_000;
    private static final int METRICS = 20_000;
    private static final int ROUNDS = 5;
    private static final double LEAST_SHARE = .9;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final TrackingSettings settings;

    DrainRace(TrackingSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Check> measure() throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        RawMlflow bare = new RawMlflow(settings.server().orElseThrow());
        try (ExperimentTracker tracker = ExperimentTracker.builder(
                        settings.folder().resolve("drain"))
                .experiment(RawMlflow.EXPERIMENT)
                .mlflow(MlflowSettings.builder(settings.server().orElseThrow()).build())
                .build()) {
            ours(tracker);
            raw(bare);
            for (int i = 0; i < ROUNDS; i++) {
                ours.add(ours(tracker));
                raw.add(raw(bare));
            }
        }
        TrackingSpeed.say("metrics/s, tracker " + shown(ours));
        TrackingSpeed.say("metrics/s, bare    " + shown(raw));
        return List.of(
                new Check("delivered metrics/s, tracker", median(ours), Double.NaN),
                new Check("delivered metrics/s, bare requests", median(raw), Double.NaN),
                new Check("delivery, bare / tracker", median(raw) / median(ours), 1 / LEAST_SHARE));
    }

    private static double ours(ExperimentTracker tracker) throws IOException {
        try (Run run = tracker.startRun("drain")) {
            flush(tracker);
            long start = System.nanoTime();
            for (int i = 0; i < METRICS; i++) {
                run.metric("loss", i * .001);
            }
            flush(tracker);
            return perSecond(start);
        }
    }

    private static void flush(ExperimentTracker tracker) throws IOException {
        if (!tracker.flush(LIMIT)) {
            throw new IOException("the server did not take everything within " + LIMIT + ": " + tracker.uploads());
        }
    }

    private static double raw(RawMlflow bare) throws IOException, InterruptedException {
        String run = bare.createRun().path("run_id").asText();
        long start = System.nanoTime();
        for (int step = 0; step < METRICS; step += BATCH) {
            bare.logBatch(run, step);
        }
        return perSecond(start);
    }

    private static double perSecond(long start) {
        return METRICS * 1e9 / (System.nanoTime() - start);
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String shown(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%,.0f", value))
                .toList()
                .toString();
    }
}
