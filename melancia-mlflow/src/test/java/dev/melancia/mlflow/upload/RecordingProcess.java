package dev.melancia.mlflow.upload;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TraceTarget;
import dev.melancia.mlflow.event.TrackingEvent;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that records runs with everything in them until it is killed. Of each thing it prints a line once the call that
 * recorded it has returned: kind, run or trace, name, value.
 */
final class RecordingProcess {

    private static final int MOST_RUNS = 40;
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII);

    private final Journal journal;
    private final ExperimentTracker tracker;
    private final String experiment;
    private final Random random;
    private String previous = "";

    private RecordingProcess(Journal journal, ExperimentTracker tracker, String experiment, long seed) {
        this.journal = journal;
        this.tracker = tracker;
        this.experiment = experiment;
        this.random = new Random(seed);
    }

    /** Starts it on a JVM of its own. */
    static Process start(Path folder, URI server, String experiment, long seed) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordingProcess.class.getName(),
                        folder.toString(),
                        server.toString(),
                        experiment,
                        String.valueOf(seed)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        try (Journal journal = Journal.open(folder);
                ExperimentTracker tracker = tracker(folder, URI.create(arguments[1]), arguments[2])) {
            RecordingProcess process =
                    new RecordingProcess(journal, tracker, arguments[2], Long.parseLong(arguments[3]));
            for (int i = 0; i < MOST_RUNS; i++) {
                process.run(i);
            }
            LockSupport.park(process); // Until it is killed: a server may be long in starting.
        }
    }

    static ExperimentTracker tracker(Path folder, URI server, String experiment) {
        return ExperimentTracker.builder(folder)
                .experiment(experiment)
                .mlflow(MlflowSettings.builder(server)
                        .mergeDelay(Duration.ofMillis(50))
                        .requestTimeout(Duration.ofSeconds(10))
                        .backoff(Duration.ofMillis(50), Duration.ofSeconds(2))
                        .build())
                .build();
    }

    private void run(int number) {
        String id;
        RunOutcome outcome = random.nextBoolean() ? RunOutcome.FINISHED : RunOutcome.FAILED;
        try (Run run = tracker.startRun("run " + number)) {
            said("run", run.id(), "", "");
            if (!previous.isEmpty() && random.nextInt(3) == 0) {
                record(new RunEvent.Nested(run.id(), Instant.now(), previous));
                said("parent", run.id(), "", previous);
            }
            int items = random.nextInt(200);
            for (int i = 0; i < items; i++) {
                item(run, i);
                LockSupport.parkNanos(500_000);
            }
            id = run.id();
            run.end(outcome);
        }
        said("end", id, "", outcome.name());
        previous = id;
    }

    private void item(Run run, int i) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            run.param("p" + i, "v" + i);
            said("param", run.id(), "p" + i, "v" + i);
        } else if (kind == 1) {
            run.tag("t" + i, "v" + i);
            said("tag", run.id(), "t" + i, "v" + i);
        } else if (kind == 2 && i % 4 == 0) {
            long seed = random.nextLong();
            run.artifact("dir/a" + i + ".bin", content(seed));
            said("artifact", run.id(), "dir/a" + i + ".bin", String.valueOf(seed));
        } else if (kind == 3) {
            trace(run);
        } else {
            run.metric("m" + i % 3, i, i);
            said("metric", run.id(), "m" + i % 3, String.valueOf(i));
        }
    }

    private void trace(Run run) {
        String id = UploaderFixture.runId(random.nextLong());
        TraceTarget target = new TraceTarget(id, experiment, Optional.of(run.id()));
        record(UploaderFixture.spans(target, "root"));
        said("trace", id, "root", run.id());
        String assessment = "a-" + UploaderFixture.runId(random.nextLong());
        record(UploaderFixture.assessed(target, assessment));
        said("assessment", id, assessment, "");
    }

    private void record(TrackingEvent event) {
        journal.append(EventCodec.encode(event));
    }

    /** As much as the seed says, up to 300 kB. */
    static byte[] content(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(300_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void said(String kind, String owner, String name, String value) {
        OUT.print(kind + "|" + owner + "|" + name + "|" + value + "\n");
        OUT.flush();
    }
}
