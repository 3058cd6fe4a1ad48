package dev.melancia.experiment;

import dev.melancia.journal.Journal;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A process that records points of one run, closes the journal and compacts, again and again until it is killed, and
 * prints the step of each point once it is acknowledged.
 */
final class DoomedCompaction {

    static final String RUN = "0123456789abcdef0123456789abcdef";

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final int SMALL_SEGMENT = 4_000;
    private static final int POINTS_A_ROUND = 400;

    private DoomedCompaction() {}

    /** Starts it on a JVM of its own, going on at this step. */
    static Process start(Path folder, int step) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedCompaction.class.getName(),
                        folder.toString(),
                        String.valueOf(step)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        int step = Integer.parseInt(arguments[1]);
        for (int round = 0; round < 1_000_000; round++) {
            try (Journal journal = Journal.open(folder, SMALL_SEGMENT, InstantSource.system())) {
                if (step == 0) {
                    journal.append(EventCodec.encode(new RunEvent.Started(RUN, AT, "e", "doomed")));
                }
                for (int n = 0; n < POINTS_A_ROUND; n++) {
                    MetricPoint point = new MetricPoint(step / 8.0, step, AT);
                    journal.append(EventCodec.encode(new RunEvent.Metric(RUN, "m", point)));
                    out.println(step++);
                }
            }
            Compaction.run(folder, InstantSource.system());
        }
    }
}
