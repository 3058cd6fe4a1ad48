package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.MelanciaException;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    private final List<String> asked = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aFinishedRunIsNotAskedAgain() {
        BenchmarkResult first = run(benchmark(5).repeats(2).subject(subject("s")));
        asked.clear();
        BenchmarkResult again = run(benchmark(5)
                .repeats(2)
                .clock(InstantSource.fixed(BEGIN.plusSeconds(99)))
                .subject(subject("s")));

        assertThat(asked).isEmpty();
        assertThat(again.startedAt()).isEqualTo(BEGIN);
        assertSame(again, first);
        assertSame(BenchmarkResult.load(folder), first);
        assertThat(BenchmarkResult.load(folder).endedBy()).isEqualTo(BenchmarkResult.EndedBy.ALL_ASKED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "açúcar ☕ 😀",
                "half \uD83D a pair \uDE00\uD83D",
                "nul \u0000 and \u001F \u007F \u2028 \uFEFF \uFFFF",
                "line\nfeed \r\n tab\t \"quoted\" \\ </script>",
            })
    void everyTextComesBackAsItWas(String text) {
        Answer answer = Answer.builder(text)
                .sources(List.of(text + "1", "b"))
                .passages(List.of(text))
                .model("m" + text)
                .build();
        Question question = Question.builder("q" + text, "?" + text)
                .references(List.of("r" + text))
                .context("c" + text)
                .conversation("x" + text)
                .group("g" + text)
                .build();
        Benchmark.Builder benchmark =
                benchmark(List.of(question)).subject(new Asked("s" + text, Placement.local(), ask -> answer));
        BenchmarkResult first = run(benchmark);

        assertSame(run(benchmark), first);
        BenchmarkResult loaded = BenchmarkResult.load(folder);
        assertSame(loaded, first);
        Question kept = loaded.dataset().questions().get(0);
        assertThat(kept.id()).isEqualTo(question.id());
        assertThat(kept.text()).isEqualTo(question.text());
        assertThat(kept.references()).isEqualTo(question.references());
        assertThat(kept.context()).isEqualTo(question.context());
        assertThat(kept.conversation()).isEqualTo(question.conversation());
        assertThat(kept.group()).isEqualTo(question.group());
    }

    @Test
    void everythingReportedComesBackAndWhatIsUnknownStaysUnknown() {
        Answer known = Answer.builder("x")
                .tokens(TokenCounts.of(900, 68).withCachedInput(4).withReasoning(7))
                .cost(Cost.estimatedPicoUsd(5))
                .finish(Answer.Finish.CUT_OFF)
                .model("m")
                .sources(List.of())
                .passages(List.of("p"))
                .firstTokenNanos(0)
                .loadNanos(12)
                .build();
        run(benchmark(2)
                .subject(new Asked(
                        "s", Placement.remote(2), ask -> ask.question().id().equals("q0") ? known : Answer.of("y"))));

        List<Outcome> outcomes = BenchmarkResult.load(folder).subjects().get(0).outcomes();
        Answer first = outcomes.get(0).reply().orElseThrow();
        assertThat(first).usingRecursiveComparison().isEqualTo(known);
        assertThat(outcomes.get(1).reply().orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(Answer.of("y"));
    }

    @Test
    void anAnswerLongerThanARecordIsKeptInParts() {
        String text = "á\"\\\u0000😀 ".repeat(150_000);
        Scorer none = Scorer.of("none", ScoreScale.unit(), (question, answer) -> Score.notApplicable("not asked"));
        run(benchmark(2)
                .scorer(none)
                .subject(new Asked(
                        "s",
                        Placement.local(),
                        ask -> Answer.of(text + ask.question().id()))));

        BenchmarkResult loaded = BenchmarkResult.load(folder, List.of(none));
        assertThat(loaded.subjects().get(0).outcomes())
                .extracting(outcome -> outcome.reply().orElseThrow().text())
                .containsExactly(text + "q0", text + "q1");
    }

    @Test
    void failuresStayFailedUnlessTheyAreToBeRetried() {
        boolean[] broken = {true};
        Subject flaky = new Asked("s", Placement.local(), ask -> {
            asked.add(ask.question().id());
            if (broken[0] && ask.question().id().equals("q1")) {
                throw new IllegalStateException("no");
            }
            return Answer.of("x");
        });
        run(benchmark(3).subject(flaky));
        broken[0] = false;
        asked.clear();

        assertThat(run(benchmark(3).subject(flaky)).subjects().get(0).outcomes().get(1))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(asked).isEmpty();
        BenchmarkResult retried = run(benchmark(3).subject(flaky).retryFailures());
        assertThat(asked).containsExactly("warm-up", "q1");
        assertThat(retried.subjects().get(0).outcomes().get(1).reply()).isPresent();
        assertThat(BenchmarkResult.load(folder)
                        .subjects()
                        .get(0)
                        .outcomes()
                        .get(1)
                        .reply())
                .isPresent();
        assertThat(retried.inDoubt()).isZero();
    }

    @Test
    void questionsSubjectsAndScorersMayBeAdded() {
        run(benchmark(3).subject(subject("s")));
        asked.clear();
        BenchmarkResult more = run(benchmark(4)
                .subject(subject("t"))
                .subject(subject("s"))
                .scorer(Scorer.of("brief", ScoreScale.yesNoScale(), (question, answer) -> Score.of(1))));

        assertThat(asked).containsExactlyInAnyOrder("s q3", "t q0", "t q1", "t q2", "t q3", "s warm-up", "t warm-up");
        assertThat(more.subjects()).allSatisfy(subject -> {
            assertThat(subject.outcomes()).hasSize(4);
            assertThat(subject.outcomes().get(0).score("brief")).isEqualTo(Score.of(1));
        });
        assertThat(more.subjects().get(1).warmUps()).hasSize(2);
    }

    @Test
    void referencesMayBeCorrectedAndAreUsed() {
        run(benchmark(List.of(Question.of("q", "Qual?", "errada"))).subject(subject("s")));
        asked.clear();
        BenchmarkResult corrected = run(benchmark(List.of(Question.of("q", "Qual?", "to q")))
                .subject(subject("s"))
                .scorer(Scorer.of(
                        "same",
                        ScoreScale.yesNoScale(),
                        (question, answer) -> Score.of(question.references().contains(answer.text()) ? 1 : 0))));

        assertThat(asked).isEmpty();
        assertThat(corrected.subjects().get(0).outcomes().get(0).score("same")).isEqualTo(Score.of(1));
        assertThat(BenchmarkResult.load(folder).dataset().questions().get(0).references())
                .containsExactly("to q");
    }

    @Test
    void anotherRunIsRefusedAndTheDifferencesAreNamed() {
        run(benchmark(3).subject(subject("s")));

        refused(b -> b.seed(5), "seed was 20251119, is 5");
        refused(b -> b.repeats(2), "repeats was 1, is 2");
        refused(b -> b.warmUp(0), "warmUp was 1, is 0");
        refused(b -> b.maxConcurrency(3), "maxConcurrency was 64, is 3");
        refused(b -> b.mode(Benchmark.Mode.QUICK), "mode was FULL, is QUICK");
        refused(b -> b.dataset(Dataset.of("d", questions(3).subList(1, 3))), "question \"q0\" is missing; run it as");
        List<Question> changed = new ArrayList<>(questions(3));
        changed.set(1, Question.of("q1", "Outra?", "x"));
        refused(b -> b.dataset(Dataset.of("d", changed)), "question \"q1\" or what was asked before it was changed");
        assertThatThrownBy(() -> run(benchmark(3).subject(subject("other"))))
                .hasMessageContaining("subject \"s\" is missing");
        assertThatThrownBy(() -> run(benchmark(3).subject(subject("s").placed(Placement.remote(2)))))
                .hasMessageContaining("placement of subject \"s\" was local, 1 at once, is remote, 2 at once");
        assertThat(run(benchmark(3).subject(subject("s"))).unasked()).isZero();
    }

    private void refused(UnaryOperator<Benchmark.Builder> change, String difference) {
        assertThatThrownBy(() -> run(change.apply(benchmark(3).subject(subject("s")))))
                .isInstanceOf(MelanciaException.class)
                .hasMessageStartingWith("the run in " + folder + " is another one: ")
                .hasMessageContaining(difference)
                .hasMessageEndingWith("run it as it was begun, or give this one another folder");
    }

    @Test
    void aTurnMayBeAddedBehindAConversationNotInFrontOfIt() {
        Question one = turn("a1");
        Question two = turn("a2");
        run(benchmark(List.of(one)).subject(subject("s")));
        asked.clear();
        run(benchmark(List.of(one, two)).subject(subject("s")));

        assertThat(asked).containsExactly("s warm-up", "s a2");
        assertThatThrownBy(() -> run(benchmark(List.of(two, one)).subject(subject("s"))))
                .hasMessageContaining("question \"a1\" or what was asked before it was changed");
    }

    private static Question turn(String id) {
        return Question.builder(id, "E " + id + "?").conversation("a").build();
    }

    @Test
    void twoProcessesDoNotShareAFolder() {
        Subject nested = new Asked("s", Placement.local(), ask -> {
            assertThatThrownBy(() -> run(benchmark(1).subject(subject("s"))))
                    .isInstanceOf(MelanciaException.class)
                    .hasMessageContaining("the run in " + folder + " is in use");
            return Answer.of("x");
        });

        assertThat(run(benchmark(1).subject(nested))
                        .subjects()
                        .get(0)
                        .outcomes()
                        .get(0)
                        .reply())
                .isPresent();
        run(benchmark(1).subject(nested));
    }

    @Test
    void aFolderThatIsNoneIsSaidToBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> BenchmarkResult.load(folder.resolve("none")))
                .isInstanceOf(MelanciaException.class)
                .hasMessageStartingWith("there is no benchmark run in ");
        assertThatThrownBy(() ->
                        benchmark(1).subject(subject("s")).folder(file).build().run())
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining("it must be a writable folder with 4 MiB of free space");
        assertThat(asked).isEmpty();
    }

    @Test
    void aHeaderThatIsDamagedOrOfALaterVersionIsNotRunOver() throws IOException {
        run(benchmark(1).subject(subject("s")));
        Path header = folder.resolve("run.json");
        String json = Files.readString(header);

        header(json.substring(0, json.length() / 2), "is damaged");
        header(json.replace("\"v\" : 1", "\"v\" : 2"), "must be of version 1, was 2");
        header("{}", "does not describe a benchmark run");
        Files.writeString(header, json);
        assertThat(run(benchmark(1).subject(subject("s"))).unasked()).isZero();
    }

    private void header(String json, String message) throws IOException {
        Files.writeString(folder.resolve("run.json"), json);
        assertThatThrownBy(() -> run(benchmark(1).subject(subject("s"))))
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining(message);
        assertThat(Files.readString(folder.resolve("run.json"))).isEqualTo(json);
    }

    @Test
    void theHeaderCanBeReadByPeople() throws IOException {
        run(benchmark(2).seed(9).subject(subject("s").placed(Placement.on("gpu", 2))));

        assertThat(Files.readString(folder.resolve("run.json")))
                .contains("\"startedAt\" : \"2026-11-22T10:00:00Z\"", "\"seed\" : 9", "\"machine\" : \"gpu\"")
                .contains("\"name\" : \"d\"", "\"size\" : 2", "\"digest\" : \"");
    }

    @Test
    void scoresThatCostMoneyArePaidOnce() {
        AtomicInteger paid = new AtomicInteger();
        Scorer judge = judge(paid);
        BenchmarkResult first = run(benchmark(4).subject(subject("s")).scorer(judge));
        assertThat(paid).hasValue(4);

        assertSame(run(benchmark(4).subject(subject("s")).scorer(judge)), first);
        assertSame(BenchmarkResult.load(folder, List.of(judge)), first);
        assertThat(paid).hasValue(4);
        assertThat(first.scoredWith(List.of(judge))
                        .subjects()
                        .get(0)
                        .outcomes()
                        .get(0)
                        .score("judge"))
                .isEqualTo(Score.of(.5));
        assertThat(paid).as("a result that is not loaded keeps nothing").hasValue(8);
    }

    @Test
    void aScoreIsPaidAgainWhenItsQuestionChangedOrItFailed() {
        AtomicInteger paid = new AtomicInteger();
        boolean[] broken = {true};
        Scorer judge = judge(paid);
        Scorer flaky = new CostlyScorer("flaky", (question, answer) -> {
            paid.incrementAndGet();
            return broken[0] ? Score.failed("prose") : Score.notApplicable("nothing to judge");
        });
        run(benchmark(1).subject(subject("s")).scorer(judge).scorer(flaky));
        assertThat(paid).hasValue(2);
        broken[0] = false;
        run(benchmark(1).subject(subject("s")).scorer(judge).scorer(flaky));
        assertThat(paid).hasValue(3);
        BenchmarkResult loaded = BenchmarkResult.load(folder, List.of(judge, flaky));
        assertThat(paid).hasValue(3);
        assertThat(loaded.subjects().get(0).outcomes().get(0).score("flaky"))
                .isEqualTo(Score.notApplicable("nothing to judge"));
        run(benchmark(List.of(Question.of("q0", "Qual 0?", "outra")))
                .subject(subject("s"))
                .scorer(judge));
        assertThat(paid).hasValue(4);
    }

    @Test
    void aScoreIsPaidAgainWhenWhatTheScorerRestsOnChanged() {
        AtomicInteger paid = new AtomicInteger();
        run(benchmark(1).subject(subject("s")).scorer(judge("be brief", paid)));
        run(benchmark(1).subject(subject("s")).scorer(judge("be brief", paid)));
        assertThat(paid).hasValue(1);

        run(benchmark(1).subject(subject("s")).scorer(judge("be kind", paid)));
        assertThat(paid).hasValue(2);
        run(benchmark(1).subject(subject("s")).scorer(judge("be brief", paid)));
        assertThat(paid).hasValue(2);
    }

    @Test
    void aScoreIsPaidAgainWhenTheQuestionsLabelsChanged() {
        AtomicInteger paid = new AtomicInteger();
        List<Question> labelled = List.of(
                Question.builder("q", "Qual?").build(),
                Question.builder("q", "Qual?").answerable(true).build(),
                Question.builder("q", "Qual?").tags(List.of("t")).build(),
                Question.builder("q", "Qual?").group("g").build());

        labelled.forEach(question ->
                run(benchmark(List.of(question)).subject(subject("s")).scorer(judge(paid))));

        assertThat(paid).hasValue(4);
    }

    private static Scorer judge(AtomicInteger paid) {
        return judge("be right", paid);
    }

    private static Scorer judge(String criteria, AtomicInteger paid) {
        return new CostlyScorer("judge", criteria, (question, answer) -> {
            paid.incrementAndGet();
            return Score.of(.5);
        });
    }

    @Test
    void resultsAreScoredAnewWithoutCalls() {
        BenchmarkResult result = run(benchmark(3).subject(subject("s")));
        asked.clear();
        Scorer length = Scorer.of(
                "length",
                new ScoreScale(0, 100, true, false),
                (question, answer) -> Score.of(answer.text().length()));

        BenchmarkResult scored = result.scoredWith(List.of(length));

        assertThat(asked).isEmpty();
        assertThat(scored.scorers()).containsExactly(length);
        assertThat(scored.subjects().get(0).outcomes().get(0).score("length")).isEqualTo(Score.of(5));
        assertThat(scored.subjects().get(0).warmUps()).hasSize(1);
        assertThatThrownBy(() -> result.scoredWith(List.of(length, length)))
                .hasMessageContaining("scorer names must be unique");
    }

    @Test
    void noPromptAndNoAnswerIsInTheMessagesOfARefusedFolder() {
        run(benchmark(List.of(Question.of("q", "segredo um", "x"))).subject(subject("s")));

        assertThatThrownBy(() -> run(benchmark(List.of(Question.of("q", "segredo dois", "x")))
                        .subject(subject("s"))))
                .hasMessageNotContaining("segredo");
    }

    private static void assertSame(BenchmarkResult actual, BenchmarkResult expected) {
        assertThat(actual.subjects())
                .usingRecursiveComparison()
                .ignoringFields("outcomes.question", "outcomes.scores")
                .isEqualTo(expected.subjects());
    }

    private Subject subject(String name) {
        return new Asked(name, Placement.local(), ask -> {
            asked.add(name + " " + ask.question().id());
            return Answer.of("to " + ask.question().id());
        });
    }

    private static BenchmarkResult run(Benchmark.Builder benchmark) {
        return benchmark.build().run();
    }

    private Benchmark.Builder benchmark(int questions) {
        return benchmark(questions(questions));
    }

    private Benchmark.Builder benchmark(List<Question> questions) {
        return Benchmark.builder()
                .dataset(Dataset.of("d", questions))
                .folder(folder)
                .clock(InstantSource.fixed(BEGIN))
                .crew(new HandCrew(1));
    }

    private static List<Question> questions(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                .toList();
    }
}
