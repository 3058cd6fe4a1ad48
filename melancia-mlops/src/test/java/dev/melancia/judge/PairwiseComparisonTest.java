package dev.melancia.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.benchmark.CallFacts;
import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PairwiseComparisonTest {

    private static final int QUESTIONS = 40;

    @Test
    void aFairJudgeLetsTheBetterSubjectWinInBothOrders() throws InterruptedException {
        PairwiseComparison result = compare(request -> a(request).startsWith("good") ? "A" : "B");

        assertThat(result.wins()).isEqualTo(QUESTIONS);
        assertThat(result.inconsistent()).isZero();
        assertThat(result.winRate().estimate()).hasValue(1);
        assertThat(result.winRate().interval().orElseThrow().low()).isBetween(.5, .999);
        assertThat(result.firstShownWins().estimate()).hasValue(.5);
    }

    @Test
    void aJudgeThatAlwaysTakesTheFirstShownDecidesNothing() throws InterruptedException {
        PairwiseComparison result = compare(request -> "A");

        assertThat(result.ties()).isEqualTo(QUESTIONS);
        assertThat(result.inconsistent()).isEqualTo(QUESTIONS);
        assertThat(result.winRate().estimate()).hasValue(.5);
        assertThat(result.firstShownWins().estimate()).hasValue(1);
        assertThat(result.firstShownWins().interval().orElseThrow().contains(.5))
                .isFalse();
    }

    @Test
    void aTieInBothOrdersIsConsistent() throws InterruptedException {
        PairwiseComparison result = compare(request -> "empate");

        assertThat(result.ties()).isEqualTo(QUESTIONS);
        assertThat(result.inconsistent()).isZero();
        assertThat(result.firstShownWins().n()).isZero();
    }

    @Test
    void aWinAndATieAreATie() throws InterruptedException {
        PairwiseComparison result = compare(request -> a(request).startsWith("good") ? "A" : "tie");

        assertThat(result.ties()).isEqualTo(QUESTIONS);
        assertThat(result.inconsistent()).isEqualTo(QUESTIONS);
    }

    @Test
    void pairsWithoutTwoVerdictsAreExcludedAndCounted() throws InterruptedException {
        PairwiseComparison result =
                compare(request -> FakeJudge.part(request, "pergunta").endsWith("7?") ? "prose" : "A");

        assertThat(result.excluded()).isEqualTo(4);
        assertThat(result.winRate().n()).isEqualTo(QUESTIONS - 4);
        assertThat(result).hasToString("0 won, 0 lost, 36 tied (36 inconsistent), 4 excluded");
    }

    @Test
    void theIntervalIsClusteredByTheQuestionsGroup() throws InterruptedException {
        PairwiseComparison result = compare(request -> a(request).startsWith("good") ? "A" : "B");

        assertThat(result.winRate().clusters()).isEqualTo(QUESTIONS / 2);
    }

    @Test
    void showsWhenTheLongerAnswerWins() throws InterruptedException {
        PairwiseComparison result =
                compare(request -> a(request).length() == b(request).length()
                        ? "tie"
                        : a(request).length() > b(request).length() ? "A" : "B");

        assertThat(result.lengthCorrelation().estimate().orElseThrow()).isGreaterThan(.8);
    }

    @Test
    void failuresAreNoPairs() {
        Outcome failed = new Outcome.Failed(question(0), facts(), "Timeout", "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> judge(request -> "A").compare("melhor", List.of(failed), outcomes("bad")))
                .withMessageContaining("answered by both");
    }

    private static PairwiseComparison compare(Function<ChatRequest, String> winner) throws InterruptedException {
        return judge(winner).compare("Qual ajuda mais?", outcomes("good"), outcomes("bad"));
    }

    private static Judge judge(Function<ChatRequest, String> winner) {
        return Judge.builder(new FakeJudge(request -> {
                    String said = winner.apply(request);
                    return said.equals("prose") ? "As duas são boas." : "{\"melhor\": \"" + said + "\"}";
                }))
                .build();
    }

    private static String a(ChatRequest request) {
        return FakeJudge.part(request, "resposta-a");
    }

    private static String b(ChatRequest request) {
        return FakeJudge.part(request, "resposta-b");
    }

    private static List<Outcome> outcomes(String kind) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            int length = kind.equals("good") ? i : QUESTIONS - i;
            outcomes.add(
                    new Outcome.Answered(question(i), Answer.of(kind + " " + "x".repeat(length)), facts(), Map.of()));
        }
        return outcomes;
    }

    private static Question question(int i) {
        return Question.builder("q" + i, "Pergunta " + i + "?")
                .group("g" + i / 2)
                .build();
    }

    private static CallFacts facts() {
        return new CallFacts(0, 1, Instant.EPOCH, 1);
    }
}
