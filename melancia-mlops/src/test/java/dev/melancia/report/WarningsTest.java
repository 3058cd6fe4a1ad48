package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

    private static final Labels ENGLISH = Labels.of(ReportLanguage.ENGLISH);

    private static List<String> warnings(BenchmarkReport report) {
        return new Warnings(report, ENGLISH).all();
    }

    private static BenchmarkReport questions(Question... questions) {
        return ScriptedRun.of(List.of(questions))
                .subject("chain", question -> 1)
                .report();
    }

    @Test
    void aDatasetWithoutAnyReferenceIsTold() {
        Question without = Question.of("q1", "Qual?");
        BenchmarkReport report = questions(without, Question.of("q2", "Por quê?"));

        assertThat(warnings(report))
                .singleElement()
                .asString()
                .startsWith("2 of 2 questions count as unanswerable: they have no reference.");
        assertThat(ReportFormat.TEXT.render(report, ReportLanguage.PORTUGUESE))
                .contains("! 2 de 2 perguntas contam como sem resposta");
        assertThat(warnings(questions(without, Question.of("q2", "Por quê?", "x"))))
                .isEmpty();
        assertThat(warnings(questions(
                        Question.builder("q", "Qual?").answerable(true).build())))
                .isEmpty();
    }

    /** As groundedness does: it has nothing to say of a subject without passages. */
    private static BenchmarkReport grounded(Subject first, Subject second) {
        Scorer grounded = Scorer.of(
                "grounded",
                ScoreScale.unit(),
                (question, answer) -> answer.text().isEmpty() ? Score.notApplicable("no passages") : Score.of(1));
        return BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", List.of(Question.of("q0", "Qual?", "x"), Question.of("q1", "Qual?", "x"))))
                .subject(first)
                .subject(second)
                .scorer(grounded)
                .warmUp(0)
                .build()
                .run());
    }

    private static final Subject RAG = Subject.of("rag", question -> Answer.of("x"));

    @Test
    void aMetricOnDifferentQuestionsIsToldWithEachN() {
        Subject bare = Subject.of("bare", question -> Answer.of(question.id().equals("q0") ? "x" : ""));

        assertThat(warnings(grounded(RAG, bare)))
                .singleElement()
                .asString()
                .startsWith("grounded was not taken on the same questions: rag n=2, bare n=1.");
    }

    @Test
    void aFailedCallIsNoOtherQuestion() {
        Subject failing = Subject.of("failing", question -> {
            if (question.id().equals("q0")) {
                throw new IllegalStateException("no answer");
            }
            return Answer.of("x");
        });

        assertThat(warnings(grounded(RAG, failing))).isEmpty();
    }

    @Test
    void oneQuestionIsSingular() {
        BenchmarkReport report = questions(Question.of("q", "Qual?", "x"));

        assertThat(ReportFormat.TEXT.render(report)).contains("\n1 question · 1 subject ·");
        assertThat(ReportFormat.TEXT.render(report, ReportLanguage.PORTUGUESE))
                .contains("\n1 pergunta · 1 participante ·");
    }
}
