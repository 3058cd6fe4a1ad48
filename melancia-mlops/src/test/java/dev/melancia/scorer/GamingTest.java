package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.scorer.FaquadAnswers.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Quality cannot be bought: on every labelled answer and every labelled refusal; needs MELANCIA_DATA. */
class GamingTest {

    private static final long SEED = 20_261_122;
    private static final double TOLERANCE = .01;
    private static final int WORDS = 200;

    private static final Scorer QUALITY = Scorers.quality();
    private static List<Question> questions = List.of();
    private static List<Labelled> cases = List.of();

    @BeforeAll
    static void read() throws IOException {
        questions = FaquadAnswers.questions();
        cases = new ArrayList<>(FaquadAnswers.all());
        List<JsonNode> refusals = FaquadAnswers.resource("refusals-open.jsonl");
        for (int i = 0; i < refusals.size(); i++) {
            String text = refusals.get(i).path("text").asText();
            String asked = refusals.get(i).path("question").asText("?");
            Question unanswerable = Question.of("r", asked.isBlank() ? "?" : asked);
            cases.add(new Labelled(unanswerable, "refusal", "no answer exists", text));
            cases.add(new Labelled(questions.get(i % questions.size()), "refusal", "an answer exists", text));
        }
    }

    @Test
    void theAnswerAgainRaisesNothing() {
        cases.forEach(one -> assertNothingGained(one, one.text()));
    }

    @Test
    void theQuestionRaisesNothing() {
        cases.forEach(one -> assertNothingGained(one, one.question().text()));
    }

    @Test
    void wordsOfOtherContextsRaiseNothing() {
        Random random = new Random(SEED);
        for (Labelled one : sample()) {
            List<String> others = questions.stream()
                    .filter(other -> !other.context().equals(one.question().context()))
                    .flatMap(other -> Stream.of(other.context().orElseThrow().split("\\s+")))
                    .toList();
            assertNothingGained(one, draw(random, others));
        }
    }

    @Test
    void frequentWordsAndNewsRaiseNothing() throws IOException {
        Random random = new Random(SEED);
        List<String> news = new ArrayList<>();
        PublicData.lines("assin-ptbr-dev.jsonl")
                .forEach(pair -> news.addAll(List.of(pair.path("a").asText().split(" "))));
        List<String> frequent = frequent(news);
        for (Labelled one : sample()) {
            assertNothingGained(one, draw(random, frequent));
            int from = random.nextInt(news.size() - WORDS);
            assertNothingGained(one, String.join(" ", news.subList(from, from + WORDS)));
        }
    }

    @Test
    void refusingAnAnswerableQuestionAndPastingTheContextScoreLow() {
        double pasted = 0;
        for (Question question : questions) {
            boolean mayRefuse = question.references().stream().anyMatch(Refusal::is);
            assertThat(mayRefuse ? 0 : quality(question, "Não sei.")).isZero();
            pasted += quality(question, question.context().orElseThrow());
        }
        assertThat(pasted / questions.size()).isLessThan(.1);
    }

    @Test
    void aLongWrongAnswerScoresLow() {
        double sum = 0;
        for (int i = 0; i < questions.size(); i++) {
            Question other = questions.get((i + 17) % questions.size());
            sum += quality(questions.get(i), other.context().orElseThrow());
        }
        assertThat(sum / questions.size()).isLessThan(.02);
    }

    /** Every fortieth case; all 731 with {@code -Dmelancia.gaming.every=1}, which takes two minutes. */
    private static List<Labelled> sample() {
        int every = Integer.getInteger("melancia.gaming.every", 40);
        return IntStream.range(0, cases.size())
                .filter(i -> i % every == 0)
                .mapToObj(cases::get)
                .toList();
    }

    private static void assertNothingGained(Labelled one, String more) {
        double alone = quality(one.question(), one.text());
        assertThat(quality(one.question(), one.text() + " " + more))
                .as("seed %d, \"%s\" for %s, appended \"%s\"", SEED, one.text(), one.question(), more)
                .isLessThanOrEqualTo(alone + TOLERANCE);
    }

    private static double quality(Question question, String text) {
        return QUALITY.score(question, Answer.of(text)).value().orElseThrow();
    }

    private static List<String> frequent(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(500)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String draw(Random random, List<String> from) {
        return Stream.generate(() -> from.get(random.nextInt(from.size())))
                .limit(WORDS)
                .collect(Collectors.joining(" "));
    }
}
