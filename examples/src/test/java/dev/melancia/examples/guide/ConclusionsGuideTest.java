package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenPrice;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConclusionsGuideTest {

    private static final TokenPrice PRICE = TokenPrice.usdPerMillionTokens("0.15", "0.60");

    @TempDir
    Path folder;

    private final BenchmarkResult result = Benchmark.builder()
            .dataset(Dataset.of(
                    "guide",
                    IntStream.range(0, 60)
                            .mapToObj(i -> Question.of("q" + i, "Qual é o prazo " + i + "?", "prazo de " + i + " dias"))
                            .toList()))
            .subject(Subject.of("openai/gpt-4o-mini", ConclusionsGuideTest::right))
            .subject(Subject.of("ollama/phi3:mini", question -> Answer.of("prazo desconhecido")))
            .build()
            .run();
    private final BenchmarkReport report = BenchmarkReport.of(result);

    private static Answer right(Question question) {
        return Answer.builder(question.references().get(0))
                .cost(PRICE.costOf(1_000, 100))
                .build();
    }

    @Test
    void summariesHaveIntervals() {
        assertThat(ConclusionsGuide.summary(result).interval()).isPresent();
    }

    @Test
    void theSentenceSaysWhichIsBetter() {
        assertThat(ConclusionsGuide.pair(report)).startsWith("openai/gpt-4o-mini é melhor que ollama/phi3:mini em 0,");
    }

    @Test
    void aSubjectOfUnknownCostHasNoPlaceOnTheFront() {
        assertThat(ConclusionsGuide.front(report).front()).containsExactly("openai/gpt-4o-mini");
    }

    @Test
    void costIsProjected() {
        // 0.00021 USD a call * 10,000 * 30 * .2 = 12.6 USD, and the server
        assertThat(ConclusionsGuide.cost(report).orElseThrow().expected().usdPerMonth())
                .isEqualByComparingTo("42.6");
    }

    @Test
    void choicesAreCrossValidated() {
        assertThat(ConclusionsGuide.choose(report).choice()).isEqualTo("openai/gpt-4o-mini");
        assertThat(ConclusionsGuide.threshold(report).choice()).isEqualTo("always openai/gpt-4o-mini");
    }

    @Test
    void aRunThatDidNotChangePassesTheGate() {
        assertThat(ConclusionsGuide.gate(report, report)).isZero();
    }

    @Test
    void everySubjectIsTracked() {
        try (ExperimentTracker tracker = ExperimentTracker.builder(folder).build()) {
            assertThat(ConclusionsGuide.track(tracker, report)).hasSize(2);
        }
    }
}
