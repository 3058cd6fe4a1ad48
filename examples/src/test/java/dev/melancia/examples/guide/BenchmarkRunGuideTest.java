package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkRunGuideTest {

    @TempDir
    Path folder;

    @Test
    void aRunIsKeptResumedAndScoredLater() {
        AtomicInteger calls = new AtomicInteger();
        Dataset dataset = Dataset.of("d", List.of(Question.of("q1", "Qual é o prazo?", "30 dias")));
        Subject phi3 = Subject.of("phi3", question -> answer(calls));
        Subject mini = Subject.of("mini", question -> answer(calls));

        BenchmarkResult result = BenchmarkRunGuide.run(dataset, phi3, mini, folder);
        int asked = calls.get();
        BenchmarkRunGuide.run(dataset, phi3, mini, folder);

        assertThat(result.subjects())
                .allSatisfy(subject -> assertThat(subject.outcomes()).hasSize(3));
        assertThat(BenchmarkRunGuide.later(folder, BenchmarkGuide.brief())
                        .result()
                        .subjects()
                        .get(0)
                        .outcomes()
                        .get(0)
                        .score("brief")
                        .value())
                .hasValue(1);
        assertThat(calls)
                .as("three repeats and a warm-up of two subjects")
                .hasValue(asked)
                .hasValue(8);
    }

    private static Answer answer(AtomicInteger calls) {
        calls.incrementAndGet();
        return Answer.of("30 dias");
    }
}
