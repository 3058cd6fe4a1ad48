package dev.melancia.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Equal models under five scorers: how often a whole report declares any difference. */
class FamilyWiseErrorTest {

    private static final int SCORERS = 5;
    private static final int REPORTS = 150;

    /** At 5 % there are more than 16 of 150 with probability .0014 (scipy.stats.binom.sf(16, 150, .05)). */
    @Test
    void reportsOnEqualModelsSeldomDeclareADifference() {
        int declared = 0;
        for (int seed = 0; seed < REPORTS; seed++) {
            declared += declares(report(seed, 0)) ? 1 : 0;
        }

        assertThat(declared).isLessThanOrEqualTo(16);
    }

    @Test
    void reportsOnUnequalModelsDeclareTheDifference() {
        int declared = 0;
        for (int seed = 0; seed < 20; seed++) {
            declared += declares(report(seed, .25)) ? 1 : 0;
        }

        assertThat(declared).isGreaterThan(15);
    }

    private static boolean declares(BenchmarkReport report) {
        return report.pairs().stream()
                .flatMap(pair -> pair.metrics().stream())
                .anyMatch(metric ->
                        metric.verdict() == Verdict.FIRST_BETTER || metric.verdict() == Verdict.SECOND_BETTER);
    }

    private static BenchmarkReport report(int seed, double advantage) {
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of(
                        "d",
                        IntStream.range(0, 60)
                                .mapToObj(i -> Question.of("q" + i, "Qual?", "x"))
                                .toList()))
                .subject(subject("a", seed, advantage))
                .subject(subject("b", seed + REPORTS, 0))
                .subject(subject("c", seed + 2 * REPORTS, 0))
                .warmUp(0)
                .nanoTicker(() -> 0);
        for (int scorer = 0; scorer < SCORERS; scorer++) {
            int at = scorer;
            benchmark.scorer(Scorer.of(
                    "s" + scorer,
                    ScoreScale.unit(),
                    (question, answer) ->
                            Score.of(Double.parseDouble(answer.text().split(" ", -1)[at]))));
        }
        return BenchmarkReport.of(benchmark.build().run());
    }

    /** Bounded scores with mass at 0 and 1, as scorers give. */
    private static Subject subject(String name, long seed, double advantage) {
        SplittableRandom random = new SplittableRandom(seed);
        return Subject.of(
                name,
                question -> Answer.of(DoubleStream.generate(() -> score(random) + advantage)
                        .limit(SCORERS)
                        .map(value -> Math.max(0, Math.min(1, value)))
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(" "))));
    }

    private static double score(SplittableRandom random) {
        return 1.6 * random.nextDouble() - .3;
    }
}
