package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrigramDiceTest {

    private final TrigramDice dice = new TrigramDice();

    @Test
    void sameWordsAreOne() {
        assertThat(score("Os requisitos!", "requisitos")).isEqualTo(1);
    }

    @Test
    void seesThroughInflection() {
        // trigrams of " requisito " (9) and " requisitos " (10): 8 in common
        assertThat(score("requisito", "requisitos")).isCloseTo(16.0 / 19, within(1e-12));
    }

    @Test
    void unrelatedWordsThatShareSomeTrigramsAreZero() {
        assertThat(score("coordenação central", "ordem do centavo")).isZero();
    }

    @Test
    void refusingBuysNothing() {
        assertThat(score("Não sei", "Não")).isZero();
    }

    @Test
    void isNotApplicableWithoutAnAnswer() {
        assertThat(dice.score(Question.of("q", "Qual?"), Answer.of("x")).value())
                .isEmpty();
    }

    private double score(String answer, String reference) {
        return dice.score(Question.of("q", "Qual?", reference), Answer.of(answer))
                .value()
                .orElseThrow();
    }
}
