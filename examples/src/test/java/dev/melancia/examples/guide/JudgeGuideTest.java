package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.judge.Judge;
import dev.melancia.judge.JudgeAgreement;
import dev.melancia.judge.PairwiseComparison;
import dev.melancia.judge.Rubric;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.testkit.ScriptedChatModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge guide's examples do what the guide says. */
class JudgeGuideTest {

    @Test
    void gradesAndCompares(@TempDir Path folder) throws Exception {
        Dataset dataset = Dataset.of("d", List.of(Question.of("q", "O que é CPM?", "Custo por mil")));
        Judge grader = JudgeGuide.judge(ScriptedChatModel.answering("{\"motivo\": \"ok\", \"nota\": 4}"));
        BenchmarkResult result = JudgeGuide.graded(
                grader,
                dataset,
                Subject.of("a", question -> Answer.of("Custo por mil impressões.")),
                Subject.of("b", question -> Answer.of("Não sei.")));
        Judge first = JudgeGuide.judge(ScriptedChatModel.answering("{\"motivo\": \"ok\", \"melhor\": \"A\"}"));
        PairwiseComparison comparison = JudgeGuide.compared(first, result);
        Path labels = Files.writeString(
                folder.resolve("labels.jsonl"), "{\"question\": \"?\", \"answer\": \"x\", \"grade\": 4}\n");
        JudgeAgreement agreement = JudgeGuide.agreement(grader, Rubric.of("tom", "Cordial."), labels);

        assertThat(result.subjects()
                        .get(0)
                        .outcomes()
                        .get(0)
                        .score("judge: tom")
                        .value())
                .hasValue(.75);
        assertThat(comparison.inconsistent()).isEqualTo(1);
        assertThat(comparison.firstShownWins().estimate()).hasValue(1);
        assertThat(agreement.kappa().agreement()).hasValue(1);
        assertThat(grader.usage().calls()).isEqualTo(3);
    }
}
