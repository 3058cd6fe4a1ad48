package dev.melancia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * MLflow's Python client on the same server: {@code log_metric} with {@code synchronous=False}, as it comes and with its
 * buffer of a second, offered 10,000 metrics a second. No bars: it is who we compare with.
 */
final class PythonPeer implements TrackingSpeed.Part {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SCRIPT = "tracking-peer.py";
    /** As it comes it sends each metric alone, so more would take many minutes. */
    private static final int METRICS = 2_000;

    private static final int METRICS_WITH_BUFFER = 20_000;

    private final TrackingSettings settings;

    PythonPeer(TrackingSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Check> measure() throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.addAll(run("Python, asynchronous", METRICS, ""));
        checks.addAll(run("Python, buffer of 1 s", METRICS_WITH_BUFFER, "1"));
        return checks;
    }

    private List<Check> run(String what, int metrics, String bufferSeconds) throws IOException, InterruptedException {
        Path said = settings.folder().resolve("peer.json");
        ProcessBuilder builder = new ProcessBuilder(
                        settings.python().orElseThrow().toString(),
                        "-B",
                        script().toString(),
                        settings.server().orElseThrow().toString(),
                        RawMlflow.EXPERIMENT,
                        Integer.toString(metrics))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile());
        builder.environment().remove("MLFLOW_ASYNC_LOGGING_BUFFERING_SECONDS");
        if (!bufferSeconds.isEmpty()) {
            builder.environment().put("MLFLOW_ASYNC_LOGGING_BUFFERING_SECONDS", bufferSeconds);
        }
        if (builder.start().waitFor() != 0) {
            throw new IOException("the Python client failed");
        }
        JsonNode figures = MAPPER.readTree(said.toFile());
        TrackingSpeed.say(String.format(Locale.ROOT, "%-22s %s", what, figures));
        return List.of(
                new Check(what + ": log_metric, p50, us", figures.path("p50_us").asDouble(), Double.NaN),
                new Check(what + ": log_metric, p99, us", figures.path("p99_us").asDouble(), Double.NaN),
                new Check(
                        what + ": accepted metrics/s",
                        figures.path("accepted_per_s").asDouble(),
                        Double.NaN),
                new Check(
                        what + ": delivered metrics/s",
                        figures.path("delivered_per_s").asDouble(),
                        Double.NaN));
    }

    private Path script() throws IOException {
        Path script = settings.folder().resolve(SCRIPT);
        try (InputStream kept = PythonPeer.class.getResourceAsStream("/" + SCRIPT)) {
            if (kept == null) {
                throw new IOException(SCRIPT + " must stand on the class path");
            }
            Files.copy(kept, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return script;
    }
}
