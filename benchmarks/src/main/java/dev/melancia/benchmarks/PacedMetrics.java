package dev.melancia.benchmarks;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.MetricSummary;
import dev.melancia.experiment.Run;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * 10,000 metrics a second from one thread: how long the call takes. A bare append of a line of the same length, in the same
 * pace between them, shows what the machine takes for that alone.
 */
final class PacedMetrics implements TrackingSpeed.Part {

    private static final int PER_SECOND = 10_000;
    private static final long PERIOD_NANOS = 1_000_000_000L / PER_SECOND;
    private static final int STRETCH_SECONDS = 5;
    private static final int WARM_UP_SECONDS = 5;
    private static final int LINE_BYTES = 120;
    private static final int SECONDS_WITH_SERVER = 20;
    private static final String[] KEYS = {"train/loss", "train/accuracy", "eval/loss", "eval/f1"};
    private static final double P50_BAR_MICROS = 2;
    private static final double P99_BAR_MICROS = 20;

    private final TrackingSettings settings;

    PacedMetrics(TrackingSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Check> measure() throws IOException {
        List<Check> checks = new ArrayList<>(withoutServer());
        if (settings.server().isPresent()) {
            checks.addAll(withServer());
        } else {
            TrackingSpeed.say("with the uploader on: SKIPPED, tracking.mlflow names no server");
        }
        return checks;
    }

    private List<Check> withoutServer() throws IOException {
        int stretches = Math.max(1, settings.seconds() / STRETCH_SECONDS);
        Nanos calls = new Nanos(stretches * STRETCH_SECONDS * PER_SECOND);
        Nanos sinceDue = new Nanos(stretches * STRETCH_SECONDS * PER_SECOND);
        Nanos appends = new Nanos(stretches * PER_SECOND);
        try (ExperimentTracker tracker = ExperimentTracker.builder(
                                settings.folder().resolve("paced"))
                        .build();
                Run run = tracker.startRun("paced");
                FileChannel bare = open(settings.folder().resolve("bare.jsonl"))) {
            ByteBuffer line = ByteBuffer.allocateDirect(LINE_BYTES);
            IntConsumer metric = i -> run.metric(KEYS[i % KEYS.length], i * .001);
            IntConsumer append = i -> append(bare, line);
            stretch(WARM_UP_SECONDS, metric, Nanos.forgotten(), Nanos.forgotten());
            stretch(1, append, Nanos.forgotten(), Nanos.forgotten());
            for (int i = 0; i < stretches; i++) {
                stretch(STRETCH_SECONDS, metric, calls, sinceDue);
                stretch(1, append, appends, Nanos.forgotten());
            }
            long written = bare.size() / LINE_BYTES;
            TrackingSpeed.say("Run.metric, no server        " + calls);
            TrackingSpeed.say("the same from when it is due " + sinceDue);
            TrackingSpeed.say("bare append of " + LINE_BYTES + " bytes     " + appends);
            long lost = (long) WARM_UP_SECONDS * PER_SECOND + calls.count() - recorded(tracker, run);
            return List.of(
                    new Check("Run.metric, p50, us", calls.micros(.5), P50_BAR_MICROS),
                    new Check("Run.metric, p99, us", calls.micros(.99), P99_BAR_MICROS),
                    new Check("metrics lost or twice", Math.abs(lost), 0),
                    new Check("lines lost of the bare append", PER_SECOND + appends.count() - written, 0),
                    new Check("bare append, p50, us", appends.micros(.5), Double.NaN),
                    new Check("bare append, p99, us", appends.micros(.99), Double.NaN));
        }
    }

    /** The journal grows faster than the server takes it: what is not delivered at the end is thrown away. */
    private List<Check> withServer() {
        int seconds = Math.min(SECONDS_WITH_SERVER, settings.seconds());
        Nanos calls = new Nanos(seconds * PER_SECOND);
        try (ExperimentTracker tracker = ExperimentTracker.builder(
                                settings.folder().resolve("paced-with-server"))
                        .experiment(RawMlflow.EXPERIMENT)
                        .mlflow(MlflowSettings.builder(settings.server().orElseThrow())
                                .build())
                        .closeTimeout(Duration.ZERO)
                        .build();
                Run run = tracker.startRun("paced")) {
            IntConsumer metric = i -> run.metric(KEYS[i % KEYS.length], i * .001);
            stretch(WARM_UP_SECONDS, metric, Nanos.forgotten(), Nanos.forgotten());
            stretch(seconds, metric, calls, Nanos.forgotten());
            TrackingSpeed.say("Run.metric, uploader on      " + calls);
            long lost = (long) WARM_UP_SECONDS * PER_SECOND + calls.count() - recorded(tracker, run);
            return List.of(
                    new Check("Run.metric with the uploader on, p50, us", calls.micros(.5), Double.NaN),
                    new Check("Run.metric with the uploader on, p99, us", calls.micros(.99), Double.NaN),
                    new Check("metrics lost or twice with the uploader on", Math.abs(lost), 0));
        }
    }

    /** Waits by spinning: a thread that is woken is later than what is measured. */
    private static void stretch(int seconds, IntConsumer one, Nanos took, Nanos sinceDue) {
        long due = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            due += PERIOD_NANOS;
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            one.accept(i);
            long end = System.nanoTime();
            took.add(end - start);
            sinceDue.add(end - due);
        }
    }

    private static long recorded(ExperimentTracker tracker, Run run) {
        return tracker.find(run.id()).orElseThrow().metrics().values().stream()
                .mapToLong(MetricSummary::count)
                .sum();
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void append(FileChannel file, ByteBuffer line) {
        try {
            line.clear();
            file.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
