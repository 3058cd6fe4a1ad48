package dev.melancia.benchmarks;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The other JVM of {@link ArtifactRace}: for each line it reads it sends the file, and says the seconds of the copy into the
 * store, those of the upload, and the greatest heap so far in megabytes.
 */
public final class ArtifactSender {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ArtifactSender() {}

    /** Server, folder, file. */
    public static void main(String[] args) throws IOException {
        try (ExperimentTracker tracker = ExperimentTracker.builder(Path.of(args[1]))
                        .experiment(RawMlflow.EXPERIMENT)
                        .mlflow(MlflowSettings.builder(URI.create(args[0])).build())
                        .build();
                Run run = tracker.startRun("artifact")) {
            while (System.in.read() >= 0) {
                if (!tracker.flush(LIMIT)) {
                    throw new IOException("no server: " + tracker.uploads());
                }
                long start = System.nanoTime();
                run.artifact("large.bin", Path.of(args[2]));
                long stored = System.nanoTime();
                if (!tracker.flush(LIMIT)) {
                    throw new IOException("not delivered: " + tracker.uploads());
                }
                long end = System.nanoTime();
                System.out.println((stored - start) / 1e9 + " " + (end - stored) / 1e9 + " " + greatestHeap());
            }
        }
    }

    /** The peaks of its parts together, though they need not have been at once. */
    private static double greatestHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / 1e6;
    }
}
