package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.MelanciaException;
import dev.melancia.journal.NarrowDisk;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkFullDiskTest {

    private static final int ENOUGH = Integer.MAX_VALUE;

    private final NarrowDisk disk = new NarrowDisk();
    private final List<String> asked = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void theAnswersUnderWayAreKeptInTheSpaceReservedForThemAndNothingMoreIsAsked() {
        Runnable fill = () -> disk.room(() -> Files.exists(folder.resolve("run.reserve")) ? 40 : ENOUGH);

        assertThatThrownBy(() -> run(fill, 4))
                .isInstanceOf(MelanciaException.class)
                .hasMessageStartingWith("benchmark stopped after ")
                .hasMessageContaining("its folder takes no more")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("make room and run it again")
                .hasMessageNotContaining("could not be kept");
        assertThat(answered).hasSizeBetween(4, 8);

        goOn();
    }

    @Test
    void answersThatCannotBeKeptAreNamedAndNotLostSilently() {
        assertThatThrownBy(() -> run(() -> disk.room(40), 4))
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining("could not be kept and will be asked again: [CallKey[subject=s, question=q")
                .hasMessageNotContaining("segredo");
        int inDoubt = BenchmarkResult.load(folder).inDoubt();
        assertThat(inDoubt).isPositive();

        disk.room(ENOUGH);
        assertThat(run(() -> {}, 0).inDoubt()).isEqualTo(inDoubt);
    }

    @Test
    void anAnswerIsKeptWhenSpaceComesBackBeforeTheLastCallEnds() {
        AtomicInteger writes = new AtomicInteger();
        Runnable fill = () -> disk.room(() -> writes.incrementAndGet() <= 3 ? 40 : ENOUGH);

        assertThatThrownBy(() -> run(fill, 4)).hasMessageNotContaining("could not be kept");
        goOn();
    }

    @Test
    void aFullDiskAtTheBeginningAsksNothing() {
        disk.room(10);

        assertThatThrownBy(() -> run(() -> {}, 0))
                .isInstanceOf(MelanciaException.class)
                .hasMessageStartingWith("benchmark stopped: its folder takes no more");
        assertThat(asked).isEmpty();
    }

    @Test
    void aPaidScoreIsKeptAndNoOtherIsPaid() {
        AtomicInteger paid = new AtomicInteger();
        CostlyScorer judge = new CostlyScorer("judge", (question, answer) -> {
            if (paid.incrementAndGet() == 3) {
                disk.room(() -> Files.exists(folder.resolve("run.reserve")) ? 40 : ENOUGH);
            }
            return Score.of(1);
        });

        assertThatThrownBy(() -> benchmark(0, () -> {}).scorer(judge).build().run())
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining("its folder takes no more");
        disk.room(ENOUGH);
        int before = paid.get();
        benchmark(0, () -> {}).scorer(judge).build().run();

        assertThat(paid.get()).isLessThanOrEqualTo(Math.max(30, before));
        assertThat(BenchmarkResult.load(folder, List.of(judge))
                        .subjects()
                        .get(0)
                        .outcomes())
                .allSatisfy(outcome -> assertThat(outcome.score("judge")).isEqualTo(Score.of(1)));
        assertThat(paid).hasValue(30);
    }

    private void goOn() {
        List<String> before = List.copyOf(answered);
        disk.room(ENOUGH);
        asked.clear();
        BenchmarkResult result = run(() -> {}, 0);

        assertThat(asked).doesNotContainAnyElementsOf(before);
        assertThat(result.unasked()).isZero();
        assertThat(result.inDoubt()).isZero();
    }

    private BenchmarkResult run(Runnable fill, int when) {
        return benchmark(when, fill).build().run();
    }

    /** Fills the disk in the middle of the answer of that number, counted from 1. */
    private Benchmark.Builder benchmark(int when, Runnable fill) {
        Subject subject = new Asked("s", Placement.remote(4), ask -> {
            asked.add(ask.question().id());
            answered.add(ask.question().id());
            if (answered.size() == when) {
                fill.run();
            }
            return Answer.of("segredo");
        });
        return Benchmark.builder()
                .dataset(Dataset.of(
                        "d",
                        IntStream.range(0, 30)
                                .mapToObj(i -> Question.of("q" + i, "segredo " + i + "?", "x"))
                                .toList()))
                .warmUp(0)
                .folder(folder)
                .journals(disk::journal)
                .crew(new HandCrew(5))
                .subject(subject);
    }
}
