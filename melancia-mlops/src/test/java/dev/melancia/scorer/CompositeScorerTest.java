package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositeScorerTest {

    private static final Question QUESTION = Question.of("q", "Quem decide?", "o reitor");

    @Test
    void isTheWeightedMeanOfPartsOfOneKind() {
        assertThat(value(Scorers.composite("c").required(fixed("a", 1), 3).required(fixed("b", .2), 1)))
                .isCloseTo(.8, within(1e-12));
        assertThat(value(Scorers.composite("c").optional(fixed("a", 1), 3).optional(fixed("b", .2), 1)))
                .isCloseTo(.8, within(1e-12));
    }

    @Test
    void anOptionalPartOnlyTakesAway() {
        assertThat(value(Scorers.composite("c").required(fixed("a", .5), 4).optional(fixed("b", 0), 1)))
                .isCloseTo(.4, within(1e-12));
        assertThat(value(Scorers.composite("c").required(fixed("a", 0), 4).optional(fixed("b", 1), 1)))
                .isZero();
    }

    @Test
    void aPartThatDoesNotApplyIsLeftOutUnlessRequired() {
        Scorer none = scorer("none", ScoreScale.unit(), Score.notApplicable("no reason"));

        assertThat(value(Scorers.composite("c").required(fixed("a", .5), 1).optional(none, 9)))
                .isEqualTo(.5);
        assertThat(Scorers.composite("c")
                        .required(fixed("a", .5), 1)
                        .required(none, 9)
                        .build()
                        .score(QUESTION, Answer.of("x")))
                .isEqualTo(Score.notApplicable("no reason"));
        assertThat(Scorers.composite("c").optional(none, 1).build().score(QUESTION, Answer.of("x")))
                .isEqualTo(Score.notApplicable("no part of c applies"));
    }

    @Test
    void aPartThatFailedFailsTheWhole() {
        Scorer broken = scorer("broken", ScoreScale.unit(), Score.failed("out of order"));

        assertThat(Scorers.composite("c")
                        .required(fixed("a", 1), 1)
                        .optional(broken, 1)
                        .build()
                        .score(QUESTION, Answer.of("x")))
                .isEqualTo(Score.failed("out of order"));
    }

    @Test
    void bringsEveryScaleToZeroToOne() {
        Scorer seconds = scorer("seconds", new ScoreScale(0, 10, false, false), Score.of(2));

        assertThat(value(Scorers.composite("c").required(seconds, 1))).isCloseTo(.8, within(1e-12));
    }

    @Test
    void refusingComesFirst() {
        CompositeScorer one = Scorers.composite("c").required(fixed("a", 1), 1).build();
        Question unanswerable = Question.of("u", "Quem foi?");

        assertThat(one.score(QUESTION, Answer.of("Não sei."))).isEqualTo(Score.of(0));
        assertThat(one.score(unanswerable, Answer.of("Não sei."))).isEqualTo(Score.of(1));
        assertThat(one.score(unanswerable, Answer.of("O reitor."))).isEqualTo(Score.of(0));
        assertThat(one.score(Question.of("n", "O que respondeu?", "Não sei."), Answer.of("Não sei.")))
                .isEqualTo(Score.of(1));
    }

    @Test
    void refusingCountsOnlyWhereAnotherAnswerWould() {
        Question open = Question.builder("o", "Quem decide?").answerable(true).build();
        Question sourced = Question.builder("o", "Quem decide?")
                .answerable(true)
                .context("O reitor decide.")
                .build();
        Score none = Score.notApplicable("quality does not apply to the question");

        assertThat(Scorers.quality().score(open, Answer.of("Não sei."))).isEqualTo(none);
        assertThat(Scorers.quality().score(sourced, Answer.of("Não sei."))).isEqualTo(none);
        CompositeScorer grounded =
                Scorers.composite("g").required(Scorers.groundedness(), 1).build();
        assertThat(grounded.score(sourced, Answer.of("Não sei."))).isEqualTo(Score.of(0));
        assertThat(grounded.score(open, Answer.of("Não sei."))).isInstanceOf(Score.NotApplicable.class);
        CompositeScorer any = Scorers.composite("a")
                .optional(Scorers.tokenF1(), 1)
                .optional(Scorers.groundedness(), 1)
                .build();
        assertThat(any.score(sourced, Answer.of("Não sei."))).isEqualTo(Score.of(0));
        assertThat(any.score(open, Answer.of("Não sei."))).isInstanceOf(Score.NotApplicable.class);
        assertThat(Scorers.composite("f")
                        .required(fixed("judge", .5), 1)
                        .build()
                        .score(open, Answer.of("Não sei.")))
                .isEqualTo(Score.of(0));
    }

    @Test
    void isCostlyWhenAPartIs() {
        EmbeddingScorer costly = Scorers.embedding(new EmbeddingModel() {});

        assertThat(Scorers.quality().isCostly()).isFalse();
        assertThat(Scorers.composite("c")
                        .required(Scorers.correctness(), 1)
                        .optional(costly, 1)
                        .build()
                        .isCostly())
                .isTrue();
    }

    @Test
    void itsFingerprintChangesWithNameWeightsAndParts() {
        Scorer schema = Scorers.jsonSchema("{\"type\": \"object\"}");
        Scorer other = Scorers.jsonSchema("{\"type\": \"array\"}");

        assertThat(List.of(
                        Scorers.composite("c").required(schema, 1).build().fingerprint(),
                        Scorers.composite("d").required(schema, 1).build().fingerprint(),
                        Scorers.composite("c").required(schema, 2).build().fingerprint(),
                        Scorers.composite("c").optional(schema, 1).build().fingerprint(),
                        Scorers.composite("c").required(other, 1).build().fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(Scorers.quality().fingerprint())
                .isEqualTo(Scorers.quality().fingerprint())
                .contains("correctness", "groundedness");
    }

    @Test
    void saysItsWeights() {
        assertThat(Scorers.quality().measures()).startsWith("80 % correctness + 20 % groundedness");
        assertThat(Scorers.quality().parts()).hasSize(2);
    }

    @Test
    void rejectsWhatCannotBeWeighed() {
        assertThatThrownBy(() -> Scorers.composite("c").build()).hasMessage("composite \"c\" needs at least one part");
        assertThatThrownBy(() -> Scorers.composite("c").required(fixed("a", 1), 0))
                .hasMessage("weight of a must be finite and above 0, was 0.0");
        assertThatThrownBy(
                        () -> Scorers.composite("c").required(fixed("a", 1), 1).optional(fixed("a", 1), 1))
                .hasMessage("parts of a composite must differ, repeated was \"a\"");
        assertThatThrownBy(() -> Scorers.composite(" ")).hasMessage("name must not be blank");
    }

    private static Scorer fixed(String name, double value) {
        return scorer(name, ScoreScale.unit(), Score.of(value));
    }

    private static Scorer scorer(String name, ScoreScale scale, Score score) {
        return Scorer.of(name, scale, (question, answer) -> score);
    }

    private static double value(CompositeScorer.Builder builder) {
        return builder.build().score(QUESTION, Answer.of("x")).value().orElseThrow();
    }
}
