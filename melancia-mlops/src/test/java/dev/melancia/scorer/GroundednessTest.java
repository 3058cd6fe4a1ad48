package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundednessTest {

    private static final String RULES =
            "O pedido deve ser entregue na secretaria em até 30 dias. A coordenadora Ana Lima"
                    + " decide em cinco dias úteis. O aluno não pode trancar o curso no primeiro semestre. Casos omissos ficam com o"
                    + " conselho.";
    private static final Question QUESTION =
            Question.builder("q", "Quem decide?").context(RULES).build();

    private final Scorer groundedness = Scorers.groundedness();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A coordenadora Ana Lima decide em 5 dias úteis.",
                "O pedido é entregue na secretaria em até trinta dias.",
                "O aluno não pode trancar o curso no primeiro semestre.",
            })
    void whatASourceSaysIsSupported(String sentence) {
        assertThat(score(QUESTION, sentence)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A coordenadora Ana Lima decide em 15 dias úteis.",
                "A coordenadora Maria Souza decide em 5 dias úteis.",
                "O aluno pode trancar o curso no primeiro semestre.",
                "O navio deixou o porto com farinha, açúcar e ovos.",
                "O conselho entregue decide dias semestre aluno trancar coordenadora secretaria.",
            })
    void anotherNumberANameANegationAndScatteredWordsAreNot(String sentence) {
        assertThat(score(QUESTION, sentence)).isLessThan(.5);
    }

    @Test
    void isTheShareOfSentences() {
        assertThat(score(
                        QUESTION,
                        "O pedido deve ser entregue na secretaria. A multa custa muito dinheiro ao contribuinte."))
                .isCloseTo(.5, within(1e-12));
    }

    @Test
    void questionsRepetitionsAndTheUsersWordsAreNoSentences() {
        String one = "O pedido deve ser entregue na secretaria.";
        assertThat(score(QUESTION, "Quem decide? " + one + " " + one + " Quer saber mais sobre navios e farinha?"))
                .isEqualTo(1);
        assertThat(groundedness.score(QUESTION, Answer.of("Quem decide?")))
                .isEqualTo(Score.notApplicable("the answer asserts nothing beyond the question"));
    }

    @Test
    void passagesOfTheSubjectComeBeforeTheContext() {
        Answer answer = Answer.builder("O reitor decide todos os recursos.")
                .passages(List.of("Todos os recursos: decide o reitor."))
                .build();

        assertThat(groundedness.score(QUESTION, answer)).isEqualTo(Score.of(1));
    }

    @Test
    void assertingSomethingAfterAnEmptyRetrievalIsZero() {
        List<List<String>> empty = List.of(List.of(), List.of(" "));

        assertThat(empty).allSatisfy(passages -> {
            assertThat(groundedness.score(QUESTION, found(passages, "A coordenadora Ana Lima decide.")))
                    .as("not the context, which the subject was not given")
                    .isEqualTo(Score.of(0));
            assertThat(groundedness.score(Question.of("q", "Quem?", "eu"), found(passages, "O reitor decide.")))
                    .isEqualTo(Score.of(0));
            assertThat(groundedness.score(QUESTION, found(passages, "Não sei.")))
                    .isEqualTo(Score.notApplicable("the answer is a refusal"));
            assertThat(groundedness.score(QUESTION, found(passages, "Quem decide?")))
                    .isInstanceOf(Score.NotApplicable.class);
        });
        assertThat(Scorers.groundedSentences(QUESTION, found(List.of(), "O reitor decide.")))
                .containsExactly(new SentenceSupport("O reitor decide.", 0, "the subject reports no source text"));
        Question question = Question.of("q", "Quem decide?", "o reitor");
        assertThat(Scorers.quality()
                        .score(question, found(List.of(), "O reitor decide."))
                        .value()
                        .orElseThrow())
                .as("an invention that is right loses its share")
                .isCloseTo(
                        .8
                                * Scorers.correctness()
                                        .score(question, Answer.of("O reitor decide."))
                                        .value()
                                        .orElseThrow(),
                        within(1e-12));
    }

    private static Answer found(List<String> passages, String text) {
        return Answer.builder(text).passages(passages).build();
    }

    @Test
    void isNotApplicableWithoutSourcesAndForARefusal() {
        assertThat(groundedness.score(Question.of("q", "Quem?", "eu"), Answer.of("eu")))
                .isEqualTo(Score.notApplicable("neither the subject nor the question gives source texts"));
        assertThat(groundedness.score(QUESTION, Answer.of("Não sei.")))
                .isEqualTo(Score.notApplicable("the answer is a refusal"));
    }

    @Test
    void anAcronymThatTheSourceSpellsOutIsKnown() {
        Question question = Question.builder("q", "Quem zela?")
                .context("O núcleo docente estruturante zela pela integração curricular.")
                .build();

        assertThat(score(question, "O NDE zela pela integração curricular.")).isGreaterThan(.5);
        assertThat(score(question, "O TCU zela pela integração curricular.")).isZero();
    }

    @Test
    void saysWhatIsWrongSentenceBySentence() {
        List<SentenceSupport> sentences = Scorers.groundedSentences(
                QUESTION, Answer.of("O pedido deve ser entregue na secretaria. Ana Lima decide em 99 dias úteis."));

        assertThat(sentences).extracting(SentenceSupport::support).containsExactly(1.0, 0.0);
        assertThat(sentences).extracting(SentenceSupport::reason).containsExactly("", "the number 99 is in no source");
        assertThat(sentences.get(1)).hasToString("SentenceSupport[0.0]");
    }

    private double score(Question question, String answer) {
        return groundedness.score(question, Answer.of(answer)).value().orElseThrow();
    }
}
