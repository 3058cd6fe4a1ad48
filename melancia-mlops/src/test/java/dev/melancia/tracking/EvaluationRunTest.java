package dev.melancia.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationRunTest {

    @TempDir
    Path folder;

    private final List<Question> questions = List.of(
            Question.builder("capital", "Qual é a capital?")
                    .references(List.of("Brasília", "Brasilia"))
                    .sources(List.of("confidential-atlas.pdf"))
                    .context("confidential context")
                    .build(),
            Question.of("again", "Qual é a capital?", "Brasília"),
            Question.of("fails", "Quem falha?", "ninguém"),
            Question.of("refuse", "Qual é a senha?"));

    /** The first one reports all there is, the second nothing but a text. */
    private List<String> log(TraceContent content) {
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of("países", questions))
                .subject(Subject.of("openai/gpt", EvaluationRunTest::rich))
                .subject(Subject.of("person", question -> Answer.of("Rio")))
                .repeats(2)
                .warmUp(0);
        List.of(
                        Scorer.of("right", ScoreScale.yesNoScale(), (question, answer) -> Score.of(1)),
                        Scorer.of("hit@5", ScoreScale.unit(), EvaluationRunTest::hit),
                        new PaidScorer())
                .forEach(benchmark::scorer);
        BenchmarkReport report = BenchmarkReport.of(benchmark.build().run());
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            return BenchmarkTracking.to(tracker)
                    .withArtifacts(Set.of())
                    .withTraces(content)
                    .log(report);
        }
    }

    private static Answer rich(Question question) {
        if (question.id().equals("fails")) {
            throw new IllegalStateException("confidential message");
        }
        return Answer.builder("Brasília, claro")
                .sources(List.of("confidential-atlas.pdf"))
                .passages(List.of("confidential passage"))
                .model("gpt-4o-mini")
                .tokens(TokenCounts.of(12, 3))
                .cost(Cost.knownPicoUsd(2_000_000))
                .build();
    }

    private static Score hit(Question question, Answer answer) {
        return question.isAnswerable() ? Score.of(.25) : Score.notApplicable("no reference");
    }

    /** Fails on one question. */
    private static final class PaidScorer implements Scorer {
        @Override
        public String name() {
            return "judge: tone";
        }

        @Override
        public String measures() {
            return "tone";
        }

        @Override
        public String blindTo() {
            return "all else";
        }

        @Override
        public boolean isCostly() {
            return true;
        }

        @Override
        public Score score(Question question, Answer answer) {
            return question.id().equals("again") ? Score.failed("confidential verdict") : Score.of(.5);
        }
    }

    @Test
    void theRunIsOfMlflowsEvaluationKindAndUsedTheDataset() {
        log(TraceContent.TEXTS);

        RecordedTraces recorded = RecordedTraces.in(folder);
        assertThat(recorded.all(RunEvent.Tag.class))
                .filteredOn(tag -> tag.key().equals("mlflow.runType"))
                .extracting(RunEvent.Tag::value)
                .containsExactly("genai_evaluate", "genai_evaluate");
        List<RunEvent.Dataset> datasets = recorded.all(RunEvent.Dataset.class);
        assertThat(datasets).hasSize(2).allSatisfy(used -> {
            assertThat(used.dataset().name()).isEqualTo("países");
            assertThat(used.dataset().context()).contains("eval");
            assertThat(used.dataset().profile()).contains("{\"num_rows\":4}");
        });
        assertThat(datasets.get(0).dataset().digest())
                .hasSize(32)
                .isEqualTo(datasets.get(1).dataset().digest());
    }

    @Test
    void anotherReferenceMakesAnotherDataset() {
        Dataset one = Dataset.of("d", List.of(Question.of("q", "Qual?", "a", "b")));
        Dataset other = Dataset.of("d", List.of(Question.of("q", "Qual?", "a, b")));

        assertThat(EvaluationDataset.of(one).digest())
                .isNotEqualTo(EvaluationDataset.of(other).digest());
    }

    @Test
    void inputsAreThoseOfTheOtherSubjectAndDifferWithinARun() {
        List<String> runs = log(TraceContent.TEXTS);

        RecordedTraces recorded = RecordedTraces.in(folder);
        List<String> gpt = inputs(recorded.spans(runs.get(0)));
        assertThat(gpt)
                .hasSize(8)
                .doesNotHaveDuplicates()
                .contains("{\"id\":\"again\",\"repeat\":1,\"question\":\"Qual é a capital?\"}")
                .containsExactlyInAnyOrderElementsOf(inputs(recorded.spans(runs.get(1))));
    }

    private static List<String> inputs(List<List<JsonNode>> traces) {
        return traces.stream()
                .map(spans -> RecordedTraces.attribute(spans.get(0), "mlflow.spanInputs"))
                .toList();
    }

    @Test
    void aTraceHasWhatTheAnswerTellsAndNoMore() {
        List<String> runs = log(TraceContent.TEXTS);

        RecordedTraces recorded = RecordedTraces.in(folder);
        List<JsonNode> spans = recorded.spans(runs.get(0)).get(0);
        assertThat(spans)
                .extracting(span -> span.path("name").asText())
                .containsExactly("openai/gpt", "retrieval", "model call");
        assertThat(RecordedTraces.attribute(spans.get(0), "mlflow.spanOutputs")).isEqualTo("\"Brasília, claro\"");
        assertThat(RecordedTraces.attribute(spans.get(1), "mlflow.spanOutputs"))
                .isEqualTo("[{\"page_content\":\"confidential passage\","
                        + "\"metadata\":{\"doc_uri\":\"confidential-atlas.pdf\"}}]");
        assertThat(RecordedTraces.attribute(spans.get(2), "mlflow.llm.model")).isEqualTo("gpt-4o-mini");
        assertThat(RecordedTraces.attribute(spans.get(2), "mlflow.llm.provider"))
                .isEqualTo("openai");
        assertThat(RecordedTraces.attribute(spans.get(2), "gen_ai.usage.input_tokens"))
                .isEqualTo("12");
        assertThat(RecordedTraces.attribute(spans.get(2), "melancia.cost_usd")).isEqualTo("0.000002000000");
        assertThat(recorded.spans(runs.get(1)))
                .allSatisfy(trace -> assertThat(trace).hasSize(1));
    }

    @Test
    void whatFailedIsAnErrorAndWhatIsNotKnownIsNotSaid() {
        List<String> runs = log(TraceContent.TEXTS);

        RecordedTraces recorded = RecordedTraces.in(folder);
        assertThat(recorded.spans(runs.get(0)))
                .filteredOn(spans -> spans.get(0).at("/status/code").asInt() == 2)
                .hasSize(2)
                .allSatisfy(
                        spans -> assertThat(spans.get(0).at("/status/message").asText())
                                .isEqualTo("IllegalStateException: confidential message"));
        assertThat(recorded.assessments("right"))
                .hasSize(14)
                .allSatisfy(right ->
                        assertThat(right.at("/feedback/value").isBoolean()).isTrue());
        assertThat(recorded.assessments("hit at 5"))
                .as("neither for failures nor for the question without an answer")
                .hasSize(10)
                .allSatisfy(
                        hit -> assertThat(hit.at("/feedback/value").asDouble()).isEqualTo(.25));
        assertThat(recorded.assessments("judge: tone"))
                .hasSize(14)
                .allSatisfy(tone ->
                        assertThat(tone.at("/source/source_type").asText()).isEqualTo("LLM_JUDGE"))
                .filteredOn(
                        tone -> tone.at("/feedback/error/error_code").asText().equals("SCORER_ERROR"))
                .hasSize(4)
                .allSatisfy(tone ->
                        assertThat(tone.at("/feedback/value").isMissingNode()).isTrue());
    }

    @Test
    void referencesAreExpectedByPeople() {
        log(TraceContent.TEXTS);

        List<JsonNode> expected = RecordedTraces.in(folder).assessments("expected_response");
        assertThat(expected)
                .hasSize(12)
                .allSatisfy(one ->
                        assertThat(one.at("/source/source_type").asText()).isEqualTo("HUMAN"))
                .extracting(one -> one.at("/expectation/value").asText())
                .contains("Brasília", "[\"Brasília\",\"Brasilia\"]", "ninguém");
        assertThat(expected)
                .extracting(one -> one.path("assessment_id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void figuresAloneHoldNoText() throws IOException {
        List<String> runs = log(TraceContent.FIGURES);

        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        assertThat(all.toString())
                .contains("\"hit at 5\"", "IllegalStateException")
                .doesNotContain("Qual", "Quem", "Bras", "ninguém", "Rio", "confidential");
        assertThat(inputs(RecordedTraces.in(folder).spans(runs.get(0))))
                .contains("{\"id\":\"fails\",\"question_characters\":11}")
                .doesNotHaveDuplicates();
    }
}
