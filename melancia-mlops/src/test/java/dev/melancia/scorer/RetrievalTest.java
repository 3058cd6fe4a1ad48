package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetrievalTest {

    private static final Question QUESTION = Question.builder("q", "Qual?")
            .sources(List.of("manual.pdf", "edital.pdf"))
            .build();

    static Stream<Scorer> scorers() {
        return Stream.of(
                Scorers.sourceHit(5),
                Scorers.retrievalPrecision(5),
                Scorers.retrievalRecall(5),
                Scorers.reciprocalRank());
    }

    @Test
    void hitFindsAnExpectedSource() {
        assertThat(value(Scorers.sourceHit(5), "faq.md", " manual.pdf ")).isEqualTo(1);
        assertThat(value(Scorers.sourceHit(5), "faq.md")).isZero();
    }

    @Test
    void listingEverythingBuysNothing() {
        String[] all = Stream.concat(IntStream.range(0, 5).mapToObj(i -> "other" + i), Stream.of("manual.pdf"))
                .toArray(String[]::new);

        assertThat(value(Scorers.sourceHit(5), all)).isZero();
        assertThat(value(Scorers.retrievalPrecision(5), all)).isZero();
        assertThat(value(Scorers.retrievalRecall(5), all)).isZero();
    }

    @Test
    void precisionDividesByTheListsLength() {
        assertThat(value(Scorers.retrievalPrecision(2), "manual.pdf", "faq.md", "edital.pdf"))
                .isEqualTo(.5);
        assertThat(value(Scorers.retrievalPrecision(4), "manual.pdf")).isEqualTo(.25);
    }

    @Test
    void recallDividesByTheExpectedSources() {
        assertThat(value(Scorers.retrievalRecall(3), "manual.pdf", "faq.md", "edital.pdf"))
                .isEqualTo(1);
        assertThat(value(Scorers.retrievalRecall(1), "manual.pdf", "faq.md", "edital.pdf"))
                .isEqualTo(.5);
    }

    @Test
    void reciprocalRankLooksForTheFirstExpectedSource() {
        assertThat(value(Scorers.reciprocalRank(), "a", "b", "edital.pdf", "manual.pdf"))
                .isCloseTo(1.0 / 3, within(1e-12));
        assertThat(value(Scorers.reciprocalRank(), "a", "b")).isZero();
    }

    @Test
    void aSourceNamedTwiceCountsOnce() {
        assertThat(value(Scorers.retrievalPrecision(4), "manual.pdf", "manual.pdf", "manual.pdf", "faq.md"))
                .isEqualTo(.25);
        assertThat(value(Scorers.reciprocalRank(), "a", "a", "manual.pdf")).isEqualTo(.5);
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void namingNoneIsZeroAndNotReportingIsNotApplicable(Scorer scorer) {
        assertThat(value(scorer)).isZero();
        assertThat(scorer.score(QUESTION, Answer.of("x")))
                .isEqualTo(Score.notApplicable("the subject reports no sources"));
        assertThat(scorer.score(Question.of("q", "Qual?"), from("faq.md")))
                .isEqualTo(Score.notApplicable("the question expects no source"));
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void saysThatSilentAnswersAreLeftOut(Scorer scorer) {
        assertThat(scorer.blindTo()).contains("only when sure", "compare n");
    }

    @Test
    void looksAtOneSourceAtLeast() {
        assertThatThrownBy(() -> Scorers.sourceHit(0)).hasMessage("first must be at least 1, was 0");
        assertThatThrownBy(() -> Scorers.retrievalPrecision(0)).hasMessage("first must be at least 1, was 0");
        assertThatThrownBy(() -> Scorers.retrievalRecall(-1)).hasMessage("first must be at least 1, was -1");
    }

    private static double value(Scorer scorer, String... sources) {
        return scorer.score(QUESTION, from(sources)).value().orElseThrow();
    }

    private static Answer from(String... sources) {
        return Answer.builder("x").sources(List.of(sources)).build();
    }
}
