package dev.melancia.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortugueseSimilarityTest {

    private static final long SEED = 20_261_122;
    private static final List<String> WORDS = List.of(
            ("requisitos matrícula coordenador curso banca docentes prazo dias plano ensino disciplina ata critérios"
                            + " avaliação não 30 3,5 Maria Recife aluga alugou casa casas chuva forte sem de a o para")
                    .split(" "));

    private final PortugueseSimilarity similarity = PortugueseSimilarity.create();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    O gato dorme.                     | o GATO, dorme!
                    O prazo é de 30 dias.             | O prazo é de trinta dias
                    Custa R$ 1.500,00                 | custa mil e quinhentos reais
                    sim                               | Sim.
                    The cat sleeps on the mat.        | the cat sleeps on the mat
                    ''                                | ?!
                    """)
    void theSameWordsAreOne(String a, String b) {
        assertThat(similarity.between(a, b)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    A taxa de juros subiu ontem.      | O cachorro late no quintal.
                    sim                               | não
                    sim                               | ''
                    30 dias                           | Maria Souza
                    O prazo é de 30 dias.             | A banca tem três docentes titulares.
                    The cat sleeps on the mat.        | Interest rates rose again yesterday.
                    A taxa de juros subiu ontem.      | The dog barks in our garden.
                    """)
    void unrelatedTextsAreNearZero(String a, String b) {
        assertThat(similarity.between(a, b)).isLessThan(.1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    A bolsa caiu 2% ontem.    | Ontem, a bolsa teve queda de 2%.  | A bolsa subiu 5% hoje.
                    O aluno deve pagar.       | O aluno precisa pagar.            | O aluno precisa estudar.
                    O prazo é de 30 dias.     | Trinta dias de prazo.             | O prazo é de 40 dias.
                    Pode faltar às aulas.     | É permitido faltar às aulas.      | Não pode entregar trabalhos.
                    Um homem toca violão.     | Um rapaz está tocando violão.     | Um homem corta tomates.
                    Compraram um carro novo.  | Adquiriram um veículo novo.       | Venderam uma casa antiga.
                    A aula foi cancelada.     | O cancelamento da aula            | A prova foi adiada.
                    """)
    void aParaphraseIsMoreSimilarThanAnotherStatement(String text, String paraphrase, String other) {
        assertThat(similarity.between(text, paraphrase)).isGreaterThan(similarity.between(text, other) + .05);
    }

    @Test
    void isSymmetricInBoundsAndNeverRaisedByAWordThatTheOtherTextLacks() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            List<String> a = words(random);
            String text = String.join(" ", a);
            String other = String.join(" ", words(random));
            double before = similarity.between(text, other);
            String foreign = a.stream()
                    .map(word -> word.equals("chuva") ? "xkwyz" : word)
                    .collect(Collectors.joining(" "));

            assertThat(before).as("seed %d: %s / %s", SEED, text, other).isBetween(0.0, 1.0);
            assertThat(similarity.between(other, text)).isEqualTo(before);
            if (other.contains("chuva")) {
                assertThat(similarity.between(foreign, other))
                        .as("seed %d: %s / %s", SEED, foreign, other)
                        .isLessThanOrEqualTo(before);
            }
        }
    }

    @Test
    void eachChangeAwayFromTheTextLowersIt() {
        String text = "O aluno deve entregar o trabalho ao coordenador em 30 dias.";
        List<Double> values = Stream.of(
                        text,
                        "O aluno deve entregar o trabalho ao coordenador em 40 dias.",
                        "O aluno deve entregar o trabalho ao diretor em 40 dias.",
                        "O aluno não deve entregar o trabalho ao diretor em 40 dias.",
                        "O aluno não deve entregar a chave ao diretor em 40 dias.",
                        "O motorista não deve entregar a chave ao diretor em 40 dias.",
                        "O motorista perdeu a chave do ônibus.")
                .map(changed -> similarity.between(text, changed))
                .toList();

        assertThat(values).isSortedAccordingTo((x, y) -> Double.compare(y, x)).doesNotHaveDuplicates();
    }

    @Test
    void readsVeryLongTexts() {
        Random random = new Random(SEED);
        String a = longText(random, 10_000);
        String b = longText(random, 10_000);

        assertThat(similarity.between(a, a)).isEqualTo(1);
        assertThat(similarity.between(a, b)).isBetween(0.0, 1.0);
        assertThat(similarity.between(a, "chuva")).isLessThan(.3);
        assertThat(similarity.between("abc".repeat(100_000), "não ".repeat(10_000)))
                .isLessThan(.1);
    }

    @Test
    void turkishMachineGivesTheSame() {
        double before = similarity.between("INSCRIÇÃO INICIAL", "inscrição inicial aberta");
        Locale locale = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            assertThat(similarity.between("INSCRIÇÃO INICIAL", "inscrição inicial aberta"))
                    .isEqualTo(before);
        } finally {
            Locale.setDefault(locale);
        }
    }

    private static List<String> words(Random random) {
        return Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
                .limit(1 + random.nextInt(12))
                .toList();
    }

    private static String longText(Random random, int words) {
        return Stream.generate(() -> random.nextBoolean()
                        ? WORDS.get(random.nextInt(WORDS.size()))
                        : "pre" + Integer.toString(random.nextInt(5_000), 26).replaceAll("\\d", "q"))
                .limit(words)
                .collect(Collectors.joining(" "));
    }
}
