package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormScorersTest {

    private static final Question QUESTION = Question.of("q", "Qual é o prazo?", "30 dias");

    @ParameterizedTest
    @CsvSource({"'',0", "um,0", "um dois,1", "'R$ 1.234,50 por pré-venda',1", "um dois três quatro cinco,0"})
    void countsWords(String text, double expected) {
        assertThat(value(Scorers.length(2, 4), text)).isEqualTo(expected);
    }

    @Test
    void countsCharactersNotCodeUnits() {
        assertThat(value(Scorers.lengthInCharacters(3, 3), "a🍉b")).isEqualTo(1);
        assertThat(value(Scorers.lengthInCharacters(0, 2), "a🍉b")).isZero();
    }

    @Test
    void refusesImpossibleLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scorers.length(5, 4))
                .withMessageContaining("min 5 and max 4");
    }

    @Test
    void findsPatternsAnywhere() {
        Scorer digits = Scorers.matches(Pattern.compile("\\d{2} dias"));

        assertThat(value(digits, "São 30 dias.")).isEqualTo(1);
        assertThat(value(digits, "São 3 dias.")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "(a|a)*$", "^(a|aa)+$", "(.*)*b\\1$"})
    void aPatternThatBacktracksForEverIsAFailedScore(String pattern) {
        Score score = Scorers.matches(Pattern.compile(pattern)).score(QUESTION, Answer.of("a".repeat(5_000) + "!"));

        assertThat(score).isInstanceOf(Score.Failed.class);
        assertThat(score.reason()).contains("steps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "[]", " 3 ", "```json\n{\"a\": [1, 2]}\n```", "```\ntrue\n```"})
    void readsJsonAloneOrInOneFence(String text) {
        assertThat(value(Scorers.json(), text)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{a: 1}",
                "{\"a\": 1} {\"b\": 2}",
                "{\"a\": 1, \"a\": 2}",
                "Aqui está:\n```json\n{}\n```",
                "```json\n{}\n``` Espero ter ajudado!",
                "{\"a\": 1",
                "```json\n{}\n```\n```json\n{}\n```"
            })
    void anythingElseIsNoJson(String text) {
        assertThat(value(Scorers.json(), text)).isZero();
    }

    private static double value(Scorer scorer, String text) {
        return scorer.score(QUESTION, Answer.of(text)).value().orElseThrow();
    }
}
