package dev.melancia.comparison;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RecordedRuns;
import dev.melancia.experiment.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Three runs with metrics of every kind. */
public final class SampleRuns {

    private SampleRuns() {}

    /** Records them into this folder. */
    public static RecordedRuns in(Path folder) {
        AtomicLong seconds = new AtomicLong(1_795_354_619);
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder)
                .experiment("Perguntas & <respostas>")
                .clock(() -> Instant.ofEpochSecond(seconds.getAndIncrement()))
                .withoutOrigin()
                .build()) {
            record(tracker, "phi3:mini <script>alert(1)</script>", 0, 0.002);
            record(tracker, "llama3.2", 0.35, 0.004);
            record(tracker, "=HYPERLINK(\"x\")", 0.3495, 0.004);
        }
        return RecordedRuns.of(folder);
    }

    private static void record(ExperimentTracker tracker, String name, double gain, double cost) {
        Random random = new Random(7);
        Random noise = new Random(name.length());
        try (Run run = tracker.startRun(name)) {
            run.param("model", name);
            run.param("prompt", "Responda em português. ".repeat(9));
            run.param("temperature", gain > 0 ? 0.2 : 0.7);
            if (gain == 0) {
                run.param("top_k", "");
            }
            for (int i = 0; i < 60; i++) {
                double hardness = random.nextDouble();
                run.metric("correctness", Math.min(1, hardness * 0.6 + gain + noise.nextDouble() * 0.05), i);
                run.metric("exact_match", hardness + gain > 0.6 ? 1 : 0, i);
                run.metric("latency_s", 0.4 + hardness + noise.nextDouble() * 2, i);
                run.metric("loss", 3.0 / (i + 1) + gain, i);
            }
            run.metric("cost_usd", cost);
            run.metric("oddity", gain * 100);
            run.metric("speed", gain == 0 ? Double.POSITIVE_INFINITY : 12_345_678);
            run.metric("groundedness/mean", 0.5 + gain);
            run.metric("groundedness/low", 0.45 + gain);
            run.metric("groundedness/high", 0.55 + gain);
            run.metric("groundedness/n", 60);
            if (gain > 0) {
                run.metric("f1", Double.NaN);
            }
        }
    }
}
