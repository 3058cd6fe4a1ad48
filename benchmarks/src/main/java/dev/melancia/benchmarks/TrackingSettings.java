package dev.melancia.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What system properties say, and a folder for what is measured.
 *
 * @param folder empty at the start, deleted at the end
 * @param server {@code tracking.mlflow}, where the MLflow server is
 * @param python {@code tracking.python}, a Python with MLflow's client
 * @param seconds {@code tracking.seconds}, length of the paced part; 60 unless set, and the bars are for 60
 * @param parts {@code tracking.parts}, names with commas between them; all unless set
 */
record TrackingSettings(Path folder, Optional<URI> server, Optional<Path> python, int seconds, Set<String> parts) {

    private static final int SECONDS = 60;
    private static final String ALL = "metric,peer,drain,artifact,journal";

    static TrackingSettings of(Path folder) {
        return new TrackingSettings(
                folder,
                named("tracking.mlflow").map(URI::create),
                named("tracking.python").map(Path::of),
                Integer.getInteger("tracking.seconds", SECONDS),
                Arrays.stream(named("tracking.parts").orElse(ALL).split(",", -1))
                        .collect(Collectors.toSet()));
    }

    private static Optional<String> named(String property) {
        return Optional.of(System.getProperty(property, "").strip()).filter(text -> !text.isEmpty());
    }

    /** Whether a part is asked for and has what it needs; says so when it has not. */
    boolean wants(String part) {
        boolean needsServer = Set.of("peer", "drain", "artifact").contains(part);
        boolean asked = parts.contains(part);
        if (asked && needsServer && server.isEmpty()) {
            TrackingSpeed.say("\n== " + part + ": SKIPPED, tracking.mlflow names no server");
            return false;
        }
        if (asked && part.equals("peer") && python.isEmpty()) {
            TrackingSpeed.say("\n== peer: SKIPPED, tracking.python names no Python");
            return false;
        }
        return asked;
    }
}
