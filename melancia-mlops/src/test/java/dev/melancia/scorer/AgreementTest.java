package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.scorer.FaquadAnswers.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scorers say of their agreement with labelled answers is what comes out; needs MELANCIA_DATA. */
class AgreementTest {

    private static final Pattern NUMBER = Pattern.compile("\\d+|\\b(?:dois|três|quatro|cinco|dez|trinta)\\b");

    private static final Pattern SAID = Pattern.compile("AUC (\\S+) \\[(\\S+), (\\S+)]");
    private static final Offset<Double> TOLERANCE = within(.01);

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

        assertSays(scorer, items);
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
        assertSays(Scorers.groundedness(), items);
    }

    /** Right sentences on their own context against the same on another one, and with a number changed. */
    private static List<Auc.Item> grounded() throws IOException {
        List<Question> questions = FaquadAnswers.questions();
        List<Auc.Item> items = new ArrayList<>();
        for (Labelled one : FaquadAnswers.all()) {
            if (one.label().equals("right") && one.kind().equals("sentence")) {
                items.addAll(item(one, one.question().context().orElseThrow(), one.text(), true));
                items.addAll(item(one, other(questions, one.question()), one.text(), false));
                Matcher number = NUMBER.matcher(one.text());
                if (number.find()) {
                    items.addAll(item(one, one.question().context().orElseThrow(), number.replaceFirst("97"), false));
                }
            }
        }
        return items;
    }

    private static List<Auc.Item> item(Labelled one, String context, String text, boolean good) {
        Question question = Question.builder(one.question().id(), one.question().text())
                .context(context)
                .build();
        OptionalDouble value =
                Scorers.groundedness().score(question, Answer.of(text)).value();
        return value.isPresent() ? List.of(new Auc.Item(one.question().id(), good, value.getAsDouble())) : List.of();
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

    /** The figures move a little with the rules that find refusals. */
    private static void assertSays(Scorer scorer, List<Auc.Item> items) {
        Matcher said = SAID.matcher(scorer.agreement());
        assertThat(said.find()).as(scorer.agreement()).isTrue();
        double[] interval = Auc.interval(items);

        assertThat(Double.parseDouble(said.group(1))).as(scorer.name()).isCloseTo(Auc.of(items), TOLERANCE);
        assertThat(Double.parseDouble(said.group(2))).as(scorer.name()).isCloseTo(interval[0], TOLERANCE);
        assertThat(Double.parseDouble(said.group(3))).as(scorer.name()).isCloseTo(interval[1], TOLERANCE);
    }
}
