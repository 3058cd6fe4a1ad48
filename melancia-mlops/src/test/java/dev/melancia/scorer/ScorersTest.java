package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScorersTest {

    static Stream<Scorer> all() {
        return Stream.of(
                Scorers.exactMatch(),
                Scorers.tokenF1(),
                Scorers.tokenRecall(),
                Scorers.trigramDice(),
                Scorers.similarity(),
                Scorers.correctness(),
                Scorers.groundedness(),
                Scorers.quality(),
                Scorers.refusal(),
                Scorers.sourceHit(3),
                Scorers.retrievalPrecision(3),
                Scorers.retrievalRecall(3),
                Scorers.reciprocalRank());
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatItMeasuresAndWhatItCannotSee(Scorer scorer) {
        assertThat(List.of(scorer.measures(), scorer.blindTo(), scorer.agreement()))
                .noneMatch(String::isBlank);
        assertThat(scorer.name()).isEqualTo(scorer.name().strip()).doesNotContain("_");
    }

    @ParameterizedTest
    @MethodSource("all")
    void staysOnItsScaleOnOddTexts(Scorer scorer) {
        Question question = Question.builder("q", "?!")
                .references(List.of("…", "sim", "30 %"))
                .context("\u0000 \uD83C\uDF49")
                .sources(List.of("a"))
                .build();
        for (String text : List.of("", " ", "?", "não", "sim", "\uD83C\uDF49", "30", "a\n\nb", "não não não", "1. ")) {
            Answer answer = Answer.builder(text).sources(List.of("a")).build();
            Score score = scorer.score(question, answer);
            assertThat(score).as("%s of \"%s\"", scorer.name(), text).isNotInstanceOf(Score.Failed.class);
            score.value()
                    .ifPresent(value -> assertThat(scorer.scale().admits(value)).isTrue());
        }
    }

    @Test
    void namesAreUniqueAndStable() {
        assertThat(all().map(Scorer::name)).doesNotHaveDuplicates();
        assertThat(Scorers.standard())
                .extracting(Scorer::name)
                .containsExactly(
                        "quality", "correctness", "groundedness", "token F1", "refusal correctness", "source hit@5");
    }

    @Test
    void aScorerOfTheApplicationHasNoAgreementUntilMeasured() {
        assertThat(Scorer.of("mine", ScoreScale.unit(), (question, answer) -> Score.of(1))
                        .agreement())
                .isEqualTo("not measured");
    }
}
