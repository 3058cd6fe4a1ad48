package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectnessTest {

    private static final String HOW_MANY = "Por quantos docentes a comissão é composta?";

    private final Scorer correctness = Scorers.correctness();

    @Test
    void aFullSentenceScoresLikeTheBareReference() {
        assertThat(score(HOW_MANY, "três", "três docentes")).isGreaterThan(.9);
        assertThat(score(HOW_MANY, "A comissão é composta por 3 docentes.", "três docentes"))
                .isGreaterThan(.9);
    }

    @Test
    void restatingTheQuestionIsNoEvidence() {
        assertThat(score(HOW_MANY, "A comissão é composta por docentes.", "três docentes"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Qual é o prazo? | 30 dias úteis | 45 dias úteis",
                "Qual é a idade exigida? | no mínimo 18 anos | no máximo 18 anos",
                "O que o gestor pode fazer? | assinar o contrato | não assinar o contrato",
                "Quem avalia o recurso? | grupo de docentes | grupo de discentes",
                "Como é o ensino? | presencial, em tempo integral | presencial, em tempo parcial",
                "Como fica o pedido? | deferido pela diretoria | indeferido pela diretoria",
            })
    void aChangedDetailCostsMoreThanHalf(String question, String reference, String changed) {
        assertThat(score(question, reference, reference)).isGreaterThan(.9);
        assertThat(score(question, changed, reference)).isLessThan(.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Quem decide? | o colegiado | O conselho decide.",
                "O que o cliente recebe? | um aviso por e-mail | Ele recebe uma notificação por e-mail.",
                "Quando termina? | ao final do semestre letivo | no término do período letivo",
            })
    void synonymsCount(String question, String reference, String paraphrase) {
        assertThat(score(question, paraphrase, reference)).isGreaterThan(.6);
    }

    @Test
    void yesIsSaidByRepeatingTheVerb() {
        assertThat(score("O aluno pode faltar?", "O aluno pode faltar.", "Sim")).isGreaterThan(.9);
        assertThat(score("O aluno pode faltar?", "O aluno não pode faltar.", "Sim"))
                .isZero();
        assertThat(score("O aluno pode faltar?", "O aluno pode faltar.", "Não")).isZero();
    }

    @Test
    void longTextsScoreNothingEvenWithTheAnswerInside() {
        String much =
                "A chuva forte atingiu o litoral ontem, os jogadores venceram a partida de futebol, a bolsa fechou em"
                        + " alta, o petróleo subiu, o navio deixou o porto, a greve dos ônibus parou o trânsito, o filme estreou no"
                        + " cinema, o músico ganhou um prêmio e a receita do bolo leva farinha, açúcar, ovos e manteiga. ";
        assertThat(score(HOW_MANY, "três docentes. " + much + "O juiz adiou o julgamento do réu.", "três docentes"))
                .isLessThan(.2);
    }

    @Test
    void takesTheBestReference() {
        assertThat(score("Quem?", "o coordenador", "a direção", "coordenador")).isGreaterThan(.9);
    }

    @Test
    void refusingAndBlankScoreNothing() {
        assertThat(score(HOW_MANY, "Não sei.", "três docentes")).isZero();
        assertThat(score(HOW_MANY, " ", "três docentes")).isZero();
        assertThat(score(HOW_MANY, HOW_MANY, "docentes")).isZero();
    }

    @Test
    void isNotApplicableWithoutAReference() {
        assertThat(correctness.score(Question.of("q", "Qual?"), Answer.of("x")))
                .isEqualTo(Score.notApplicable("the question has no answer"));
        assertThat(correctness.score(Question.of("q", "Qual?", "?!"), Answer.of("x")))
                .isEqualTo(Score.notApplicable("no reference contains a word"));
    }

    private double score(String question, String answer, String... references) {
        return correctness
                .score(Question.of("q", question, references), Answer.of(answer))
                .value()
                .orElseThrow();
    }
}
