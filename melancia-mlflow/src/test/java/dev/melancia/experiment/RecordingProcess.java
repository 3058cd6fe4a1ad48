package dev.melancia.experiment;

import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that records one run, and uploads when it is given a server. */
final class RecordingProcess {

    private RecordingProcess() {}

    /** Starts it on a JVM of its own. */
    static Process start(Path folder, String experiment, String run, String server) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordingProcess.class.getName(),
                        folder.toString(),
                        experiment,
                        run,
                        server))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        ExperimentTrackerBuilder builder =
                ExperimentTracker.builder(Path.of(arguments[0])).experiment(arguments[1]);
        if (!arguments[3].isEmpty()) {
            builder.mlflow(MlflowSettings.builder(URI.create(arguments[3]))
                            .mergeDelay(Duration.ofMillis(20))
                            .build())
                    .closeTimeout(Duration.ZERO);
        }
        try (ExperimentTracker tracker = builder.build();
                Run run = tracker.startRun(arguments[2])) {
            out.println(run.id());
            for (int step = 0; step < PushIT.POINTS; step++) {
                run.metric("m", step, step);
            }
            run.param("p", arguments[2]);
            run.artifact("a.txt", arguments[2]);
        }
    }
}
