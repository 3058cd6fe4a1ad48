package dev.melancia.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanLabelsTest {

    private static final Rubric RUBRIC = Rubric.of("r", "Boa.");

    @TempDir
    private Path folder;

    @Test
    void measuresWeightedKappaOfGrades() throws Exception {
        // Grades of people 1 2 4 5, of the judge 1 2 5 4. By hand: 1 - sum of squared differences / expected squared
        // differences, 1 - 2 / (sum over all 16 combinations / 4) = 1 - 2 / 20 = .9.
        Path labels = file(grade("a", 1), grade("bb", 2), grade("ccccc", 4), grade("dddd", 5));
        Judge judge = Judge.builder(new FakeJudge(request ->
                        "{\"nota\": " + FakeJudge.part(request, "resposta").length() + "}"))
                .build();

        JudgeAgreement agreement = judge.agreementOnGrades(RUBRIC, labels);

        assertThat(agreement.kappa().n()).isEqualTo(4);
        assertThat(agreement.kappa().estimate().orElseThrow()).isCloseTo(.9, within(1e-9));
        assertThat(agreement.excluded()).isZero();
    }

    @Test
    void countsWhatTheJudgeDidNotDecide() throws Exception {
        Judge judge = Judge.builder(new FakeJudge(
                        request -> FakeJudge.part(request, "resposta").equals("a") ? "boa!" : "{\"nota\": 3}"))
                .build();

        JudgeAgreement agreement = judge.agreementOnGrades(RUBRIC, file(grade("a", 1), grade("b", 3)));

        assertThat(agreement.excluded()).isEqualTo(1);
        assertThat(agreement.kappa().n()).isEqualTo(1);
    }

    @Test
    void measuresKappaOfPreferences() throws Exception {
        String line = "{\"question\": \"?\", \"first\": \"%s\", \"second\": \"%s\", \"preferred\": \"%s\"}";
        Path labels = file(
                line.formatted("good", "bad", "first"),
                line.formatted("bad", "good", "second"),
                line.formatted("bad", "bad", "tie"));
        Judge judge = Judge.builder(new FakeJudge(request -> {
                    String a = FakeJudge.part(request, "resposta-a");
                    String b = FakeJudge.part(request, "resposta-b");
                    return "{\"melhor\": \"" + (a.equals(b) ? "empate" : a.equals("good") ? "A" : "B") + "\"}";
                }))
                .build();

        JudgeAgreement agreement = judge.agreementOnPairs("melhor", labels);

        assertThat(agreement.kappa().estimate()).hasValue(1);
        assertThat(agreement.kappa().n()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"question\": \"?\", \"answer\": \"x\", \"grade\": 6} | grade must be an integer from 1 to 5",
                "{\"question\": \"?\", \"grade\": 5} | answer must be a text",
                "[] | must be a JSON object",
                "{ | no valid JSON",
            })
    void namesTheBrokenLine(String line, String rule) throws IOException {
        Path labels = file(grade("a", 1), line);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Judge.builder(FakeJudge.saying("{\"nota\": 3}")).build().agreementOnGrades(RUBRIC, labels))
                .withMessageContaining("line 2")
                .withMessageContaining(rule);
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("labels.jsonl"), List.of(lines));
    }

    private static String grade(String answer, int grade) {
        return "{\"question\": \"?\", \"answer\": \"" + answer + "\", \"grade\": " + grade + "}";
    }
}
