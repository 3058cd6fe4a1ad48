package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenF1Test {

    private final TokenF1 f1 = new TokenF1();

    @Test
    void sameWordsInAnotherCaseWithoutAccentsAndArticlesAreOne() {
        assertThat(score("Qual o ato?", "A NOMEAÇÃO da banca!", "nomeacao banca"))
                .isEqualTo(1);
    }

    @Test
    void isTheHarmonicMeanOfPrecisionAndRecall() {
        // said: prazo, máximo, 30, dias; wanted: 30, dias, úteis: precision 2/4, recall 2/3
        assertThat(score("Quanto tempo?", "O prazo máximo é de 30 dias.", "30 dias úteis"))
                .isCloseTo(4.0 / 7, within(1e-12));
    }

    @Test
    void takesTheBestReference() {
        assertThat(score("Quem?", "o coordenador", "a direção", "coordenador")).isEqualTo(1);
    }

    @Test
    void keepsNegation() {
        assertThat(score("Pode?", "pode", "não pode")).isLessThan(1);
    }

    @Test
    void numbersAreWhole() {
        assertThat(score("Quanto?", "5,3", "3,5")).isZero();
    }

    @Test
    void numbersWrittenOutAreNumbers() {
        assertThat(score("Quanto tempo?", "Trinta dias", "30 dias")).isEqualTo(1);
    }

    @Test
    void refusingBuysNothingEvenWhereTheReferenceSharesAWord() {
        assertThat(score("Pode faltar?", "Não sei.", "Não")).isZero();
        assertThat(score("Pode faltar?", "Não.", "Não")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Não há dados pessoais no relatório.",
                "Não encontrei divergências.",
                "Não há informações além do prazo de 30 dias.",
            })
    void plainNegativeAnswersAreScoredByOverlap(String answer) {
        assertThat(score("O que diz a auditoria?", answer, "dados pessoais, divergências, 30 dias"))
                .isPositive();
    }

    @Test
    void repeatingTheQuestionBuysNothing() {
        assertThat(score("É presencial ou remoto?", "É presencial ou remoto?", "presencial"))
                .isZero();
    }

    @Test
    void isNotApplicableWithoutAnswerOrReference() {
        assertThat(f1.score(Question.of("q", "Qual?"), Answer.of("x")))
                .isEqualTo(Score.notApplicable("the question has no answer"));
        assertThat(f1.score(Question.builder("q", "Qual?").answerable(true).build(), Answer.of("x")))
                .isEqualTo(Score.notApplicable("the question has no reference"));
        assertThat(f1.score(Question.of("q", "Qual?", "?!"), Answer.of("x")))
                .isEqualTo(Score.notApplicable("no reference contains a word"));
    }

    @Test
    void blankAnswerIsZero() {
        assertThat(score("Qual?", " ", "x")).isZero();
    }

    @Test
    void turkishMachineScoresTheSame() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            assertThat(score("Qual?", "INSCRIÇÃO INICIAL", "inscrição inicial")).isEqualTo(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    private double score(String question, String answer, String... references) {
        return f1.score(Question.of("q", question, references), Answer.of(answer))
                .value()
                .orElseThrow();
    }
}
