package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Saying more never scores more: random answers, the answer again, the question, 200 unrelated words. */
class LengthPropertiesTest {

    private static final long SEED = 20_261_122;
    private static final int CASES = 100;
    private static final List<String> ON_TOPIC =
            List.of(("requisitos matrícula coordenador curso acadêmico banca examinadora três docentes prazo dias"
                            + " plano ensino disciplina direção unidade ata critérios avaliação não 30 3,5 de a o dos para")
                    .split(" "));
    private static final List<String> UNRELATED = List.of(
            ("chuva forte atingiu litoral ontem noite jogadores venceram partida futebol gol minuto torcida vibrou"
                            + " bolsa fechou alta juros inflação petróleo barril navio porto greve ônibus trânsito lento"
                            + " cinema estreia filme ator prêmio música show palco guitarra receita bolo farinha açúcar ovos"
                            + " o a de do da em para com que por")
                    .split(" "));

    static Stream<Scorer> scorers() {
        return Stream.of(new TokenF1(), new TrigramDice());
    }

    @ParameterizedTest
    @MethodSource("scorers")
    void appendingNeverRaisesAScore(Scorer scorer) {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String question = words(random, ON_TOPIC, 3 + random.nextInt(8)) + "?";
            String answer = words(random, ON_TOPIC, 1 + random.nextInt(12));
            Question asked =
                    Question.of("q", question, words(random, ON_TOPIC, 1 + random.nextInt(40)), "sim, " + question);
            if (Refusal.is(answer)) {
                continue; // followed by anything else it is no refusal any more, and no longer scores 0 for being one
            }
            double alone = score(scorer, asked, answer);
            for (String more : List.of(answer, question, words(random, UNRELATED, 200))) {
                assertThat(score(scorer, asked, answer + " " + more))
                        .as("seed %d case %d: \"%s\" + \"%s\" for %s", SEED, i, answer, more, asked.references())
                        .isLessThanOrEqualTo(alone);
                assertThat(score(scorer, asked, answer + ". " + more))
                        .as("as a sentence, seed %d case %d: \"%s\"", SEED, i, more)
                        .isLessThanOrEqualTo(alone);
            }
        }
    }

    private static double score(Scorer scorer, Question question, String answer) {
        return scorer.score(question, Answer.of(answer)).value().orElseThrow();
    }

    private static String words(Random random, List<String> from, int count) {
        return Stream.generate(() -> from.get(random.nextInt(from.size())))
                .limit(count)
                .collect(Collectors.joining(" "));
    }
}
