package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is asked when, on a hand clock. */
class ScheduleTest {

    private final HandCrew crew = new HandCrew(7);

    @Test
    void subjectsOnOneMachineRunOneAfterAnotherWithTheirWarmUps() {
        run(benchmark(singles(5))
                .warmUp(2)
                .subject(subject("one", Placement.local()))
                .subject(subject("two", Placement.on("gpu", 2)))
                .subject(subject("three", Placement.local()))
                .subject(subject("four", Placement.on("gpu", 2))));

        assertThat(turns("one", "three")).containsExactly("one", "three");
        assertThat(turns("two", "four")).containsExactly("two", "four");
        assertThat(crew.mostOf("one")).isEqualTo(1);
        assertThat(crew.mostOf("two")).isEqualTo(2);
        assertThat(ids("three").subList(0, 2)).containsOnly("warm-up");
        assertThat(ids("three").subList(2, 7)).doesNotContain("warm-up").doesNotHaveDuplicates();
    }

    @Test
    void remoteSubjectsRunBesideAllOthers() {
        run(benchmark(singles(6))
                .warmUp(0)
                .subject(subject("local", Placement.local()))
                .subject(subject("far", Placement.remote(3)))
                .subject(subject("farther", Placement.remote(2))));

        assertThat(crew.mostInAll()).isEqualTo(6);
        assertThat(crew.mostOf("far")).isEqualTo(3);
        assertThat(turns("local", "far", "farther")).startsWith("local", "far", "farther");
    }

    @Test
    void theCapOnAllCallsHoldsAndStarvesNoLane() {
        run(benchmark(singles(20))
                .warmUp(0)
                .maxConcurrency(2)
                .subject(subject("greedy", Placement.remote(10)))
                .subject(subject("other", Placement.remote(10))));

        assertThat(crew.mostInAll()).isEqualTo(2);
        List<String> firstHalf = crew.started().subList(0, 20).stream()
                .map(call -> call.subject().name())
                .toList();
        assertThat(firstHalf).contains("other", "greedy");
        assertThat(firstHalf.stream().filter("other"::equals).count()).isBetween(5L, 15L);
    }

    @Test
    void aConversationsTurnsComeInOrderWithTheirMemoryWhileOthersGoOn() {
        List<Question> questions = new ArrayList<>(singles(4));
        for (int turn = 1; turn <= 3; turn++) {
            questions.add(turn("a" + turn, "a"));
            questions.add(turn("b" + turn, "b"));
        }
        List<Ask> asks = new ArrayList<>();

        BenchmarkResult result =
                run(benchmark(questions).repeats(2).subject(recording("s", Placement.remote(4), asks)));

        assertThat(crew.mostOf("s")).isEqualTo(4);
        assertThat(result.subjects().get(0).outcomes()).hasSize(20);
        for (String conversation : List.of("a", "b")) {
            for (int repeat = 0; repeat < 2; repeat++) {
                List<Ask> turns = turns(asks, conversation, repeat);
                assertThat(turns)
                        .extracting(ask -> ask.question().id())
                        .containsExactly(conversation + 1, conversation + 2, conversation + 3);
                assertThat(turns.get(2).earlier())
                        .extracting(turn -> turn.answer().text())
                        .containsExactly("to " + conversation + 1, "to " + conversation + 2);
                assertThat(turns).extracting(Ask::memoryId).containsOnly(conversation + "#" + repeat);
            }
        }
    }

    @Test
    void aTurnThatFailedIsLeftOutOfTheMemoryAndTheOthersGoOn() {
        List<Ask> asks = new ArrayList<>();
        Subject forgetful = new Asked("s", Placement.local(), ask -> {
            asks.add(ask);
            if (ask.question().id().equals("a2")) {
                throw new IllegalStateException("no");
            }
            return Answer.of("to " + ask.question().id());
        });

        BenchmarkResult result = run(benchmark(List.of(turn("a1", "a"), turn("a2", "a"), turn("a3", "a")))
                .warmUp(0)
                .subject(forgetful));

        assertThat(asks.get(2).earlier())
                .extracting(turn -> turn.question().id())
                .containsExactly("a1");
        assertThat(result.subjects().get(0).outcomes().get(1)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void repeatsAreOutcomesOfTheirOwnInTheDatasetsOrder() {
        BenchmarkResult result = run(benchmark(singles(3)).repeats(3).subject(subject("s", Placement.remote(2))));

        assertThat(result.repeats()).isEqualTo(3);
        assertThat(result.subjects().get(0).outcomes())
                .extracting(outcome ->
                        outcome.question().id() + "/" + outcome.call().repeat())
                .containsExactly("q0/0", "q0/1", "q0/2", "q1/0", "q1/1", "q1/2", "q2/0", "q2/1", "q2/2");
        assertThat(crew.started().stream()
                        .filter(call -> !call.warmUp())
                        .map(call -> call.ask().repeat()))
                .isSorted();
    }

    @Test
    void warmUpsAreKeptApartWithTheirLoading() {
        Subject loading = new Asked("s", Placement.local(), ask -> {
            crew.pass(ask.repeat() == 0 ? 9_000 : 40);
            return Answer.builder("x").loadNanos(ask.repeat() == 0 ? 8_960 : 30).build();
        });

        SubjectResult result =
                run(benchmark(singles(1)).warmUp(2).subject(loading)).subjects().get(0);

        assertThat(result.warmUps()).hasSize(2);
        assertThat(result.warmUps()).extracting(Outcome::latencyNanos).containsExactly(40L, 10L);
        assertThat(result.warmUps().get(0).reply().orElseThrow().loadNanos()).hasValue(8_960);
        assertThat(result.outcomes()).extracting(Outcome::latencyNanos).containsExactly(40L);
    }

    @Test
    void allSubjectsSeeTheSameOrderWhichTheSeedDraws() {
        run(benchmark(singles(30))
                .warmUp(0)
                .subject(subject("one", Placement.local()))
                .subject(subject("two", Placement.remote(5))));
        List<String> ofSeed = ids("one");

        assertThat(ids("two")).isEqualTo(ofSeed);
        HandCrew other = new HandCrew(7);
        run(benchmark(singles(30)).warmUp(0).seed(1).crew(other).subject(subject("one", Placement.local())));
        assertThat(other.started())
                .extracting(call -> call.ask().question().id())
                .isNotEqualTo(ofSeed)
                .containsExactlyInAnyOrderElementsOf(ofSeed);
    }

    @Test
    void quickModeAsksTheSampleOnly() {
        BenchmarkResult result =
                run(benchmark(singles(50)).mode(Benchmark.Mode.QUICK).subject(subject("s", Placement.local())));

        assertThat(result.mode()).isEqualTo(Benchmark.Mode.QUICK);
        assertThat(result.dataset().questions()).hasSize(20);
        assertThat(result.subjects().get(0).outcomes()).hasSize(20);
        assertThat(result.endedBy()).isEqualTo(BenchmarkResult.EndedBy.ALL_ASKED);
    }

    private BenchmarkResult run(Benchmark.Builder benchmark) {
        return benchmark.nanoTicker(crew::nanoTime).build().run();
    }

    private Benchmark.Builder benchmark(List<Question> questions) {
        return Benchmark.builder().dataset(Dataset.of("d", questions)).crew(crew);
    }

    /** Subjects in the order of their calls, each run of calls once. */
    private List<String> turns(String... names) {
        List<String> turns = new ArrayList<>();
        for (Call call : crew.started()) {
            String name = call.subject().name();
            if (List.of(names).contains(name)
                    && (turns.isEmpty() || !turns.get(turns.size() - 1).equals(name))) {
                turns.add(name);
            }
        }
        return turns;
    }

    private List<String> ids(String subject) {
        return crew.started().stream()
                .filter(call -> call.subject().name().equals(subject))
                .map(call -> call.ask().question().id())
                .toList();
    }

    private static List<Ask> turns(List<Ask> asks, String conversation, int repeat) {
        return asks.stream()
                .filter(ask -> ask.repeat() == repeat)
                .filter(ask -> ask.question().conversation().stream().anyMatch(conversation::equals))
                .toList();
    }

    private static Subject subject(String name, Placement placement) {
        return recording(name, placement, new ArrayList<>());
    }

    private static Subject recording(String name, Placement placement, List<Ask> asks) {
        return new Asked(name, placement, ask -> {
            asks.add(ask);
            return Answer.of("to " + ask.question().id());
        });
    }

    private static Question turn(String id, String conversation) {
        return Question.builder(id, "E " + id + "?").conversation(conversation).build();
    }

    private static List<Question> singles(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                .toList();
    }
}
