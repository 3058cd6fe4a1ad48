package dev.melancia.mlflow.upload;

import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A process that records and uploads until it is killed, and prints the step of each point once it is acknowledged. */
final class DoomedProcess {

    private static final int SMALL_SEGMENT = 20_000;

    private DoomedProcess() {}

    /** Starts it on a JVM of its own. */
    static Process start(Path folder, URI server, String runId) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedProcess.class.getName(),
                        folder.toString(),
                        server.toString(),
                        runId))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        String run = arguments[2];
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        try (Journal journal = Journal.open(folder, SMALL_SEGMENT, InstantSource.system());
                MlflowUploader uploader =
                        MlflowUploader.start(folder, UploaderFixture.settings(URI.create(arguments[1])))) {
            journal.append(EventCodec.encode(new RunEvent.Started(run, UploaderFixture.AT, "experiment", "doomed")));
            for (int step = 0; step < 1_000_000; step++) {
                journal.append(EventCodec.encode(UploaderFixture.metric(run, "m", step)));
                out.println(step);
            }
            out.println("not killed, delivered " + uploader.stats().delivered());
        }
    }
}
