package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.cost.Cost;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {

    /** A cent, in pico-dollars. */
    private static final long CENT = 10_000_000_000L;

    private final HandCrew crew = new HandCrew(11);
    private final List<String> told = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void asksWhatTheBudgetPaysForAndNoMore() {
        BenchmarkResult result =
                run(benchmark(20).budgetUsd(new BigDecimal("0.105")).subject(costing("s", CENT, 4)));

        assertThat(result.subjects().get(0).outcomes()).hasSize(10);
        assertThat(result.unasked()).isEqualTo(10);
        assertThat(result.endedBy()).isEqualTo(BenchmarkResult.EndedBy.BUDGET);
        assertThat(result.spent()).hasToString("0.1 USD");
        assertThat(told).containsExactly("s: 10 not asked");
    }

    @Test
    void callsUnderWayCountWithTheDearestSoFar() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            HandCrew ofSeed = new HandCrew(seed);
            BenchmarkResult result = benchmark(40)
                    .crew(ofSeed)
                    .budgetUsd(new BigDecimal("0.5"))
                    .subject(new Asked("s", Placement.remote(8), ask -> paid(CENT * (1 + random.nextInt(3)))))
                    .build()
                    .run();

            // A dearer call than any before may come once: the first of three cents beside seven of two.
            assertThat(result.spent().known().picoUsd()).as("seed %d", seed).isLessThanOrEqualTo(50 * CENT + 8 * CENT);
            assertThat(result.unasked()).isPositive();
        }
    }

    @Test
    void aSubjectsFirstCallGoesAloneSinceItsCostIsNotKnown() {
        List<Integer> beside = new ArrayList<>();
        run(benchmark(20).budgetUsd(BigDecimal.ONE).subject(new Asked("s", Placement.remote(8), ask -> {
            beside.add(crew.mostInAll());
            return paid(CENT);
        })));

        assertThat(beside.get(0)).isEqualTo(1);
        assertThat(crew.mostInAll()).isEqualTo(8);
    }

    @Test
    void aFreeSubjectGoesOnWhenADearOneIsOver() {
        BenchmarkResult result = run(benchmark(12)
                .budgetUsd(new BigDecimal("0.05"))
                .subject(costing("dear", CENT, 2))
                .subject(new Asked("free", Placement.local(), ask -> paid(0))));

        assertThat(result.subjects().get(0).outcomes()).hasSize(5);
        assertThat(result.subjects().get(1).outcomes()).hasSize(12);
    }

    @Test
    void theNextSubjectOfTheMachineHasItsTurn() {
        BenchmarkResult result = run(benchmark(5)
                .budgetUsd(new BigDecimal("0.03"))
                .subject(new Asked("dear", Placement.local(), ask -> paid(CENT)))
                .subject(new Asked("free", Placement.local(), ask -> paid(0))));

        assertThat(result.subjects().get(0).outcomes()).hasSize(3);
        assertThat(result.subjects().get(1).outcomes()).hasSize(5);
    }

    @Test
    void unknownCostsAreToldOnceAndCounted() {
        BenchmarkResult result = run(benchmark(6)
                .budgetUsd(new BigDecimal("0.03"))
                .subject(new Asked("s", Placement.local(), ask -> Answer.of("x"))));

        assertThat(result.unasked()).isZero();
        assertThat(result.spent()).hasToString("at least 0 USD, 6 answers of unknown cost");
        assertThat(told).containsExactly("s: cost unknown");
    }

    @Test
    void withoutABudgetNothingIsTold() {
        BenchmarkResult result = run(benchmark(6).subject(new Asked("s", Placement.local(), ask -> Answer.of("x"))));

        assertThat(result.spent().unknown()).isEqualTo(6);
        assertThat(told).isEmpty();
    }

    @Test
    void warmUpsAndEstimatesCount() {
        BenchmarkResult result = run(benchmark(6)
                .warmUp(2)
                .budgetUsd(new BigDecimal("0.05"))
                .subject(new Asked(
                        "s",
                        Placement.local(),
                        ask -> Answer.builder("x")
                                .cost(Cost.estimatedPicoUsd(CENT))
                                .build())));

        assertThat(result.subjects().get(0).outcomes()).hasSize(3);
        assertThat(result.spent()).hasToString("~0.05 USD");
    }

    @Test
    void moreMoneyGoesOnWithTheRunWhichKnowsWhatItSpent() {
        Benchmark.Builder benchmark = benchmark(10).folder(folder).subject(costing("s", CENT, 2));
        run(benchmark.budgetUsd(new BigDecimal("0.04")));

        assertThat(BenchmarkResult.load(folder).endedBy()).isEqualTo(BenchmarkResult.EndedBy.BUDGET);
        assertThat(BenchmarkResult.load(folder).unasked()).isEqualTo(6);
        assertThat(run(benchmark.budgetUsd(new BigDecimal("0.04"))).unasked()).isEqualTo(6);
        BenchmarkResult more = run(benchmark.budgetUsd(new BigDecimal("0.07")));
        assertThat(more.unasked()).isEqualTo(3);
        assertThat(more.spent()).hasToString("0.07 USD");
        assertThat(BenchmarkResult.load(folder).spent()).isEqualTo(more.spent());
    }

    @Test
    void callsInDoubtCountAsIfTheyHadBeenCharged() {
        boolean[] dying = {true};
        Subject subject = new Asked("s", Placement.local(), ask -> {
            if (dying[0] && crew.started().size() == 4) {
                throw new Interview.Killed();
            }
            return paid(CENT);
        });
        Benchmark.Builder benchmark =
                benchmark(10).folder(folder).subject(subject).budgetUsd(new BigDecimal("0.07"));
        assertThatThrownBy(() -> run(benchmark)).isInstanceOf(Interview.Killed.class);
        dying[0] = false;

        BenchmarkResult result = run(benchmark);

        assertThat(result.inDoubt()).isEqualTo(1);
        assertThat(result.spent()).hasToString("0.06 USD");
    }

    private static Subject costing(String name, long picoUsd, int concurrency) {
        return new Asked(name, Placement.remote(concurrency), ask -> paid(picoUsd));
    }

    private static Answer paid(long picoUsd) {
        return Answer.builder("x").cost(Cost.knownPicoUsd(picoUsd)).build();
    }

    private BenchmarkResult run(Benchmark.Builder benchmark) {
        return benchmark.build().run();
    }

    private Benchmark.Builder benchmark(int questions) {
        return Benchmark.builder()
                .dataset(Dataset.of(
                        "d",
                        IntStream.range(0, questions)
                                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                                .toList()))
                .warmUp(0)
                .crew(crew)
                .listener(new BenchmarkListener() {
                    @Override
                    public void budgetSpent(String subject, int unasked) {
                        told.add(subject + ": " + unasked + " not asked");
                    }

                    @Override
                    public void costUnknown(String subject) {
                        told.add(subject + ": cost unknown");
                    }
                });
    }
}
