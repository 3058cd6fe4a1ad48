package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact match, and beside it token recall. */
class ExactMatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "três docentes | De 3 docentes.",
                "R$ 1.500,00 | mil e quinhentos reais",
                "setenta e cinco por cento | 75%",
                "no plano de ensino | O PLANO DE ENSINO",
            })
    void caseAccentsArticlesAndWrittenNumbersMakeNoDifference(String reference, String answer) {
        assertThat(score(Scorers.exactMatch(), answer, reference)).isEqualTo(1);
    }

    @Test
    void everyOtherWordDoes() {
        assertThat(score(Scorers.exactMatch(), "três docentes da casa", "três docentes"))
                .isZero();
        assertThat(score(Scorers.exactMatch(), "docentes três", "três docentes"))
                .isZero();
        assertThat(score(Scorers.exactMatch(), "pode", "não pode")).isZero();
    }

    @Test
    void takesAnyReference() {
        assertThat(score(Scorers.exactMatch(), "a banca", "coordenador", "banca"))
                .isEqualTo(1);
    }

    @Test
    void recallIsTheShareOfTheBestReferenceSaid() {
        assertThat(score(Scorers.tokenRecall(), "prazo de trinta dias", "30 dias úteis", "um mês inteiro"))
                .isCloseTo(2.0 / 3, within(1e-12));
        assertThat(score(Scorers.tokenRecall(), "não sei", "não")).isZero();
    }

    @Test
    void recallSaysThatLengthBuysIt() {
        assertThat(score(Scorers.tokenRecall(), "um texto que diz tudo: 30 dias úteis e mais", "30 dias úteis"))
                .isEqualTo(1);
        assertThat(Scorers.tokenRecall().blindTo()).contains("pasting the whole source scores 1");
    }

    private static double score(Scorer scorer, String answer, String... references) {
        return scorer.score(Question.of("q", "Qual?", references), Answer.of(answer))
                .value()
                .orElseThrow();
    }
}
