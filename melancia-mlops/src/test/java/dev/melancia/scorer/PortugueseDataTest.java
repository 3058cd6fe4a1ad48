package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On real Portuguese: FaQuAD questions (CC BY 4.0) and ASSIN sentence pairs (MIT). */
class PortugueseDataTest {

    private static final String FAQUAD = "faquad-dev.jsonl";
    private static final String ASSIN = "assin-ptbr-dev.jsonl";
    private static final long SEED = 7;

    static Stream<Scorer> scorers() {
        return Stream.of(new TokenF1(), new TrigramDice());
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void rightAnswersScoreHigherThanAnswersToOtherQuestions(Scorer scorer) throws IOException {
        List<Question> questions = faquad();
        double own = 0;
        double others = 0;
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            String other =
                    questions.get((i + 17) % questions.size()).references().get(0);
            own += score(
                    scorer,
                    question,
                    "Segundo o texto, " + question.references().get(0) + ".");
            others += score(scorer, question, "Segundo o texto, " + other + ".");
        }
        assertThat(own / questions.size()).isGreaterThan(.7);
        assertThat(others / questions.size()).isLessThan(.15);
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void pastingTheWholeContextScoresLessThanHalfOfTheRightAnswer(Scorer scorer) throws IOException {
        double pasted = 0;
        double right = 0;
        for (Question question : faquad()) {
            pasted += score(scorer, question, question.context().orElseThrow());
            right += score(scorer, question, question.references().get(0));
        }
        assertThat(pasted).isLessThan(right / 2);
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void appendingNewsBuysNothing(Scorer scorer) throws IOException {
        List<String> news = new ArrayList<>();
        PublicData.lines(ASSIN)
                .forEach(pair -> news.addAll(List.of(pair.path("a").asText().split(" "))));
        List<Question> questions = faquad();
        Random random = new Random(SEED);
        int raised = 0;
        for (int i = 0; i < 150; i++) {
            Question question = questions.get(i % questions.size());
            Question other = questions.get(random.nextInt(questions.size()));
            String answer = (i % 2 == 0 ? question : other).references().get(0);
            int from = random.nextInt(news.size() - 200);
            String more = String.join(" ", news.subList(from, from + 200));
            double gain = score(scorer, question, answer + " " + more) - score(scorer, question, answer);
            assertThat(gain).as("seed %d case %d", SEED, i).isLessThan(.15);
            raised += gain > 0 ? 1 : 0;
        }
        // News may hold a word of the reference by chance; plain trigram Dice rises in a third of these cases.
        assertThat(raised).isLessThan(scorer instanceof TrigramDice ? 4 : 45);
    }

    @Test
    void noReferenceOfRealQuestionsReadsAsARefusal() throws IOException {
        assertThat(faquad())
                .flatExtracting(Question::references)
                .allSatisfy(reference -> assertThat(Refusal.is(reference)).isFalse());
    }

    @Test
    void trigramDiceAgreesWithPeopleAsDocumented() throws IOException {
        List<JsonNode> pairs = PublicData.lines(ASSIN);
        TrigramDice dice = new TrigramDice();
        double[] ours = pairs.stream()
                .mapToDouble(pair -> score(
                        dice,
                        Question.of("q", "-", pair.path("b").asText()),
                        pair.path("a").asText()))
                .toArray();
        double[] people = pairs.stream()
                .mapToDouble(pair -> pair.path("similarity").asDouble())
                .toArray();

        assertThat(pearson(ours, people)).isBetween(.65, .68);
    }

    private static List<Question> faquad() throws IOException {
        return PublicData.lines(FAQUAD).stream()
                .map(line -> Question.builder(
                                line.path("id").asText(), line.path("question").asText())
                        .references(StreamSupport.stream(line.path("answers").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList())
                        .context(line.path("context").asText())
                        .build())
                .toList();
    }

    private static double score(Scorer scorer, Question question, String answer) {
        return scorer.score(question, Answer.of(answer)).value().orElseThrow();
    }

    private static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = IntStream.range(0, x.length)
                .mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY))
                .sum();
        return xy / Math.sqrt(squares(x, meanX) * squares(y, meanY));
    }

    private static double squares(double[] values, double mean) {
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    }
}
