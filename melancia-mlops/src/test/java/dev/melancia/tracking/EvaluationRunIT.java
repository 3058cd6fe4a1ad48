package dev.melancia.tracking;

import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.cost.Cost;
import dev.melancia.experiment.ExperimentTracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report as evaluation runs of a real MLflow server. */
class EvaluationRunIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int QUESTIONS = 12;

    @TempDir
    Path folder;

    private final String experiment = "melancia-it-" + UUID.randomUUID();
    private final BenchmarkReport report = ScriptedRun.of(QUESTIONS)
            .subject("openai/gpt", question -> number(question) < 6 ? .25 : .75, 1_000_000_000L, Cost.zero())
            .subject("ollama/phi3", question -> number(question) < 3 ? Double.NaN : .5)
            .report();

    private MlflowUnderTest server = new MlflowUnderTest("");

    @BeforeEach
    void logAndDeliver() {
        server = MlflowUnderTest.find();
        try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder, server.environment(experiment))) {
            BenchmarkTracking.to(tracker)
                    .withArtifacts(Set.of())
                    .withTraces(TraceContent.TEXTS)
                    .log(report);
            deliver(tracker);
        }
    }

    private static void deliver(ExperimentTracker tracker) {
        assertThat(tracker.flush(TIMEOUT)).isTrue();
        assertThat(tracker.uploads().orElseThrow().setAside()).isZero();
    }

    private JsonNode evaluationRun(String subject) throws Exception {
        List<JsonNode> runs = server.runs(
                experiment,
                "tags.`mlflow.runType` = 'genai_evaluate' and attributes.run_name = 'benchmark " + subject + "'");
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private static String id(JsonNode run) {
        return run.at("/info/run_id").asText();
    }

    @Test
    void twoSubjectsAreEvaluationRunsOnOneDatasetWhoseQuestionsPair() throws Exception {
        JsonNode gpt = evaluationRun("openai/gpt");
        JsonNode phi = evaluationRun("ollama/phi3");

        String dataset = "/inputs/dataset_inputs/0/dataset/digest";
        assertThat(gpt.at("/info/status").asText()).isEqualTo("FINISHED");
        assertThat(gpt.at(dataset).asText())
                .hasSize(32)
                .isEqualTo(phi.at(dataset).asText());
        List<String> asked = previews(server.traces(experiment, id(gpt)));
        assertThat(asked)
                .hasSize(QUESTIONS)
                .doesNotHaveDuplicates()
                .contains("{\"id\":\"q0\",\"question\":\"Qual 0?\"}")
                .containsExactlyInAnyOrderElementsOf(previews(server.traces(experiment, id(phi))));
    }

    private static List<String> previews(List<JsonNode> traces) {
        return traces.stream()
                .map(trace -> trace.path("request_preview").asText())
                .toList();
    }

    @Test
    void scoresStandAtTheirAnswersUnderTheServersRun() throws Exception {
        String run = id(evaluationRun("ollama/phi3"));

        List<JsonNode> traces = server.traces(experiment, run);
        assertThat(traces)
                .filteredOn(trace -> trace.path("state").asText().equals("ERROR"))
                .hasSize(3)
                .allSatisfy(trace ->
                        assertThat(assessment(trace, "quality").isMissingNode()).isTrue());
        assertThat(traces)
                .filteredOn(trace -> trace.path("state").asText().equals("OK"))
                .hasSize(9)
                .allSatisfy(trace -> {
                    JsonNode quality = assessment(trace, "quality");
                    assertThat(quality.at("/feedback/value").asDouble()).isEqualTo(.5);
                    assertThat(quality.at("/source/source_type").asText()).isEqualTo("CODE");
                    assertThat(quality.at("/metadata/mlflow.assessment.sourceRunId")
                                    .asText())
                            .as("MLflow's page hides what another run says")
                            .isEqualTo(run);
                    assertThat(assessment(trace, "expected_response")
                                    .at("/expectation/value")
                                    .asText())
                            .isEqualTo("x");
                });
    }

    private static JsonNode assessment(JsonNode trace, String name) {
        for (JsonNode assessment : trace.path("assessments")) {
            if (assessment.path("assessment_name").asText().equals(name)) {
                return assessment;
            }
        }
        return trace.path("no such assessment");
    }

    @Test
    void anAnswersCallIsASpanOfItsOwn() throws Exception {
        String trace = server.traces(experiment, id(evaluationRun("openai/gpt")))
                .get(0)
                .path("trace_id")
                .asText();

        assertThat(server.spans(trace))
                .extracting(span -> span.path("name").asText())
                .containsExactlyInAnyOrder("openai/gpt", "model call");
    }

    @Test
    void whatIsDeliveredOnceMoreIsNotThereTwice(@TempDir Path copy) throws Exception {
        try (Stream<Path> segments = Files.list(folder)) {
            for (Path segment :
                    segments.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                Files.copy(segment, copy.resolve(folder.relativize(segment)));
            }
        }
        try (ExperimentTracker again = ExperimentTracker.fromEnvironment(copy, server.environment(experiment))) {
            assertThat(again.runs()).hasSize(2);
            deliver(again);
            assertThat(again.uploads().orElseThrow().delivered()).isPositive();
        }

        List<JsonNode> traces = server.traces(experiment, id(evaluationRun("openai/gpt")));
        assertThat(traces)
                .hasSize(QUESTIONS)
                .allSatisfy(trace -> assertThat(trace.path("assessments")).hasSize(2));
    }
}
