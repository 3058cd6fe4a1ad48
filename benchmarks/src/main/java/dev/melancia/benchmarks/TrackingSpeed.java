package dev.melancia.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How fast experiments are recorded and delivered, beside MLflow's Python client, bare HTTP and curl on the same server in
 * the same run. Ends with exit code 1 when a bar is missed.
 *
 * <pre>{@code
 * mvn -q -Pbenchmarks -pl benchmarks -am process-classes -Dbench.main=dev.melancia.benchmarks.TrackingSpeed \
 *     -Dtracking.mlflow=http://127.0.0.1:5000 -Dtracking.python=<the Python that server runs by>
 * }</pre>
 *
 * <p>About five minutes; see {@link TrackingSettings} for shorter trials. What has no server, or no Python, is skipped by
 * name.
 */
public final class TrackingSpeed {

    /** A part of it. */
    interface Part {
        List<Check> measure() throws IOException, InterruptedException;
    }

    private TrackingSpeed() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Environment environment = Environment.before("tracking");
        Path folder = Files.createTempDirectory("melancia-tracking");
        List<Check> checks = new ArrayList<>();
        try {
            TrackingSettings settings = TrackingSettings.of(folder);
            say(settings.toString());
            for (Map.Entry<String, Part> part : parts(settings).entrySet()) {
                if (settings.wants(part.getKey())) {
                    say("\n== " + part.getKey());
                    checks.addAll(part.getValue().measure());
                }
            }
        } finally {
            delete(folder);
        }
        say("");
        environment.lines().forEach(TrackingSpeed::say);
        checks.forEach(check -> say(line(check)));
        System.exit(checks.stream().allMatch(check -> !(check.value() > check.bar())) ? 0 : 1);
    }

    private static Map<String, Part> parts(TrackingSettings settings) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("metric", new PacedMetrics(settings));
        parts.put("peer", new PythonPeer(settings));
        parts.put("drain", new DrainRace(settings));
        parts.put("artifact", new ArtifactRace(settings));
        parts.put("journal", new LargeJournal(settings));
        return parts;
    }

    private static String line(Check check) {
        String bar = Double.isNaN(check.bar())
                ? ""
                : String.format(Locale.ROOT, " (at most %s) %s", plain(check.bar()), check.verdict());
        return String.format(Locale.ROOT, "%-66s %12s%s", check.what(), plain(check.value()), bar);
    }

    private static String plain(double value) {
        String format = value == Math.rint(value) ? "%.0f" : value < 1 ? "%.4f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    static void say(String line) {
        System.out.println(line);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
