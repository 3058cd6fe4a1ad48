package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.scorer.FaquadAnswers.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scorers say of their agreement with labelled answers is what comes out; needs MELANCIA_DATA. */
class AgreementTest {

    private static final Pattern NUMBER = Pattern.compile("\\d+|\\b(?:dois|três|quatro|cinco|dez|trinta)\\b");

    static Stream<Scorer> documented() {
        return Stream.of(
                Scorers.exactMatch(),
                Scorers.tokenF1(),
                Scorers.tokenRecall(),
                Scorers.trigramDice(),
                Scorers.similarity(),
                Scorers.correctness(),
                Scorers.quality());
    }

    @ParameterizedTest
    @MethodSource("documented")
    void saysItsAuc(Scorer scorer) throws IOException {
        List<Auc.Item> items = items(FaquadAnswers.all(), scorer);

        assertThat(scorer.agreement()).contains("AUC " + text(Auc.of(items), Auc.interval(items)));
    }

    @Test
    void correctnessIsBetterThanTokenF1WithAndWithoutTheContext() throws IOException {
        for (List<Labelled> answers : List.of(FaquadAnswers.all(), FaquadAnswers.withoutContext())) {
            assertThat(
                            Auc.differenceInterval(
                                    items(answers, Scorers.correctness()), items(answers, Scorers.tokenF1()))[0])
                    .isGreaterThan(.08);
        }
    }

    @Test
    void partialAnswersStandBetweenRightAndWrong() throws IOException {
        List<Labelled> answers = FaquadAnswers.all();

        assertThat(mean(answers, "right")).isGreaterThan(mean(answers, "partial") + .3);
        assertThat(mean(answers, "partial")).isGreaterThan(mean(answers, "wrong") + .1);
    }

    @Test
    void groundednessTellsSentencesOnTheContextFromOthersAndFromChangedNumbers() throws IOException {
        List<Auc.Item> items = grounded();

        assertThat(items.stream().filter(item -> !item.good())).hasSizeGreaterThan(75);
        assertThat(Scorers.groundedness().agreement()).contains("AUC " + text(Auc.of(items), Auc.interval(items)));
    }

    /** Right sentences on their own context against the same on another one, and with a number changed. */
    private static List<Auc.Item> grounded() throws IOException {
        List<Question> questions = FaquadAnswers.questions();
        List<Auc.Item> items = new ArrayList<>();
        for (Labelled one : FaquadAnswers.all()) {
            if (one.label().equals("right") && one.kind().equals("sentence")) {
                items.add(item(one, one.question().context().orElseThrow(), one.text(), true));
                items.add(item(one, other(questions, one.question()), one.text(), false));
                Matcher number = NUMBER.matcher(one.text());
                if (number.find()) {
                    items.add(item(one, one.question().context().orElseThrow(), number.replaceFirst("97"), false));
                }
            }
        }
        return items;
    }

    private static Auc.Item item(Labelled one, String context, String text, boolean good) {
        Question question = Question.builder(one.question().id(), one.question().text())
                .context(context)
                .build();
        double value =
                Scorers.groundedness().score(question, Answer.of(text)).value().orElseThrow();
        return new Auc.Item(one.question().id(), good, value);
    }

    private static String other(List<Question> questions, Question question) {
        int at = questions.indexOf(question);
        return Stream.iterate(at + 17, i -> i + 1)
                .map(i -> questions.get(i % questions.size()).context().orElseThrow())
                .filter(context -> !context.equals(question.context().orElseThrow()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Auc.Item> items(List<Labelled> answers, Scorer scorer) {
        return answers.stream()
                .filter(one -> !one.label().equals("partial"))
                .map(one -> new Auc.Item(one.question().id(), one.label().equals("right"), one.score(scorer)))
                .toList();
    }

    private static double mean(List<Labelled> answers, String label) {
        return answers.stream()
                .filter(one -> one.label().equals(label))
                .mapToDouble(one -> one.score(Scorers.correctness()))
                .average()
                .orElseThrow();
    }

    private static String text(double auc, double[] interval) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", auc, interval[0], interval[1]);
    }
}
