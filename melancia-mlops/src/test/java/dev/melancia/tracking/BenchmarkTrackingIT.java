package dev.melancia.tracking;

import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.cost.Cost;
import dev.melancia.experiment.ExperimentTracker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report in a real MLflow server, read back over plain HTTP. */
class BenchmarkTrackingIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private MlflowUnderTest server = new MlflowUnderTest("");

    @BeforeEach
    void findServer() {
        server = MlflowUnderTest.find();
    }

    @Test
    void everySubjectsFiguresAndTheReportAreOnTheServer() throws Exception {
        String experiment = "melancia-it-" + UUID.randomUUID();
        BenchmarkReport report = ScriptedRun.of(60)
                .subject("openai/gpt", question -> number(question) < 30 ? .4 : .8, 1_000_000_000L, Cost.zero())
                .subject("ollama/phi3", question -> number(question) < 3 ? Double.NaN : .5)
                .report();

        try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder, server.environment(experiment))) {
            BenchmarkTracking.to(tracker).log(report);
            assertThat(tracker.flush(TIMEOUT)).isTrue();
            assertThat(tracker.uploads().orElseThrow().setAside()).isZero();
        }

        JsonNode gpt = run(experiment, "benchmark openai/gpt");
        Map<String, Double> metrics = new TreeMap<>();
        gpt.path("data")
                .path("metrics")
                .forEach(metric -> metrics.put(
                        metric.path("key").asText(), metric.path("value").asDouble()));
        assertThat(metrics)
                .containsKeys("quality/mean", "quality/low", "quality/high", "latency_s/p95", "failure_rate/mean")
                .containsEntry("quality/n", 60.0)
                .containsEntry("cost_usd/total", 0.0);
        assertThat(server.artifacts(gpt.path("info").path("run_id").asText()))
                .containsExactlyInAnyOrder("report.csv", "report.html", "report.json");
        assertThat(run(experiment, "benchmark ollama/phi3")
                        .path("info")
                        .path("status")
                        .asText())
                .isEqualTo("FINISHED");
    }

    private JsonNode run(String experiment, String name) throws Exception {
        List<JsonNode> runs = server.runs(experiment, "attributes.run_name = '" + name + "'");
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }
}
