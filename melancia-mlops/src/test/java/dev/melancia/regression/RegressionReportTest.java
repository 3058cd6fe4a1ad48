package dev.melancia.regression;

import static dev.melancia.analysis.ScriptedRun.QUALITY;
import static dev.melancia.analysis.ScriptedRun.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.analysis.Verdict;
import dev.melancia.scorer.Question;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RegressionReportTest {

    private static BenchmarkReport run(int n, ToDoubleFunction<Question> score) {
        return ScriptedRun.of(n).subject("chain", score).report();
    }

    @Test
    void comparesTheSameQuestionsWithThisRunFirst() {
        BenchmarkReport earlier = run(40, question -> .8);
        BenchmarkReport now = run(40, question -> number(question) % 2 == 0 ? .7 : .8);

        RegressionReport report = RegressionReport.of(earlier, now);
        MetricComparison quality = report.subject("chain").comparison().metric(QUALITY);

        assertThat(report.sameQuestions()).isEqualTo(40);
        assertThat(quality.difference().orElseThrow()).isCloseTo(-.05, within(1e-12));
        assertThat(quality.verdict()).isEqualTo(Verdict.SECOND_BETTER);
        assertThat(report.subject("chain").worse(QUALITY, .05)).hasSize(20);
        assertThat(report.subject("chain").worse(QUALITY, .15)).isEmpty();
        assertThat(report.subject("chain").better(QUALITY, 0)).isEmpty();
    }

    @Test
    void theWorstQuestionComesFirst() {
        BenchmarkReport earlier = run(10, question -> .9);
        BenchmarkReport now = run(10, question -> number(question) == 3 ? .1 : number(question) == 7 ? .5 : .9);

        assertThat(RegressionReport.of(earlier, now).subject("chain").worse(QUALITY, 0))
                .extracting(QuestionChange::questionId)
                .containsExactly("q3", "q7");
    }

    @Test
    void newAndFixedFailuresAreNamed() {
        BenchmarkReport earlier = run(10, question -> number(question) < 2 ? Double.NaN : 1);
        BenchmarkReport now = run(10, question -> number(question) == 1 || number(question) == 9 ? Double.NaN : 1);

        SubjectRegression chain = RegressionReport.of(earlier, now).subject("chain");

        assertThat(chain.newFailures()).containsExactly("q9");
        assertThat(chain.fixedFailures()).containsExactly("q0");
    }

    @Test
    void aQuestionThatChangedIsToldAndNotCompared() {
        BenchmarkReport earlier = ScriptedRun.of(List.of(
                        Question.of("same", "Qual?", "x"),
                        Question.of("reference", "Qual?", "x"),
                        Question.of("gone", "Qual?", "x")))
                .subject("chain", question -> 1)
                .report();
        BenchmarkReport now = ScriptedRun.of(List.of(
                        Question.builder("same", "Qual?")
                                .references(List.of("x"))
                                .tags(List.of("new tag"))
                                .build(),
                        Question.of("reference", "Qual?", "y"),
                        Question.of("new", "Qual?", "x")))
                .subject("chain", question -> 0)
                .report();

        RegressionReport report = RegressionReport.of(earlier, now);

        assertThat(report.changedQuestions()).containsExactly("reference");
        assertThat(report.addedQuestions()).containsExactly("new");
        assertThat(report.removedQuestions()).containsExactly("gone");
        assertThat(report.subject("chain").worse(QUALITY, 0))
                .containsExactly(new QuestionChange("same", report.now().metric(QUALITY), 1, 0));
        assertThat(report.text(ReportLanguage.PORTUGUESE)).startsWith("""
                        1 pergunta comparada
                        mudaram, não comparadas: reference
                        novas: new
                        já não são feitas: gone
                        """);
    }

    @Test
    void aChangedTurnChangesItsWholeConversation() {
        BenchmarkReport earlier = conversation("Qual o prazo?");
        BenchmarkReport now = conversation("Qual o preço?");

        assertThat(RegressionReport.of(earlier, now).changedQuestions()).containsExactly("t1", "t2");
        assertThat(RegressionReport.of(earlier, earlier).changedQuestions()).isEmpty();
        assertThat(RegressionReport.of(earlier, now).sameQuestions()).isEqualTo(1);
    }

    private static BenchmarkReport conversation(String first) {
        return ScriptedRun.of(
                        List.of(turn("t1", first, "c"), turn("t2", "E por quê?", "c"), turn("t3", "E agora?", "other")))
                .subject("chain", question -> 1)
                .report();
    }

    private static Question turn(String id, String text, String conversation) {
        return Question.builder(id, text)
                .references(List.of("x"))
                .conversation(conversation)
                .build();
    }

    @Test
    void subjectsOfOnlyOneRunAreTold() {
        BenchmarkReport earlier = ScriptedRun.of(8)
                .subject("old", question -> 1)
                .subject("both", question -> 1)
                .report();
        BenchmarkReport now = ScriptedRun.of(8)
                .subject("both", question -> 1)
                .subject("new", question -> 1)
                .report();

        RegressionReport report = RegressionReport.of(earlier, now);

        assertThat(report.onlyEarlier()).containsExactly("old");
        assertThat(report.onlyNow()).containsExactly("new");
        assertThat(report.subjects()).extracting(SubjectRegression::name).containsExactly("both");
        assertThat(report.text(ReportLanguage.ENGLISH)).contains("\nboth: ");
        assertThatThrownBy(() -> report.subject("new"))
                .hasMessage("not both runs have a subject \"new\"; both have [both]");
        assertThatThrownBy(() -> RegressionReport.of(run(8, question -> 1), now))
                .hasMessage("two runs must have a subject in common; the earlier one has [chain], this one [both, new];"
                        + " give what replaces a subject its name");
    }

    @Test
    void withSeveralSubjectsEachLineNamesItsOwn() {
        BenchmarkReport run = ScriptedRun.of(12)
                .subject("a", question -> .8)
                .subject("b", question -> .7)
                .report();

        assertThat(RegressionReport.of(run, run).text(ReportLanguage.ENGLISH).lines())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(1)).startsWith("a: no difference in "))
                .satisfies(lines -> assertThat(lines.get(2)).startsWith("b: no difference in "));
        assertThat(RegressionReport.of(run(12, question -> 1), run(12, question -> 1))
                        .text(ReportLanguage.ENGLISH))
                .contains("\nno difference in ");
    }

    /** Metrics of both subjects in one family: with two subjects p is corrected for twice as many tests. */
    @Test
    void holmCountsAllSubjectsAndMetrics() {
        BenchmarkReport earlier = ScriptedRun.of(12)
                .subject("a", question -> .8)
                .subject("b", question -> .8)
                .report();
        BenchmarkReport now = ScriptedRun.of(12)
                .subject("a", question -> .7)
                .subject("b", question -> .8)
                .report();

        MetricComparison quality =
                RegressionReport.of(earlier, now).subject("a").comparison().metric(QUALITY);

        // 12 equal signs: p = 2 / 2^12. Tests with a value: quality, latency and failure rate, of two subjects.
        assertThat(quality.pValue().orElseThrow()).isCloseTo(2 / 4096., within(1e-15));
        assertThat(quality.adjustedPValue().orElseThrow()).isCloseTo(6 * 2 / 4096., within(1e-15));
    }
}
