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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlScatterTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong time = new AtomicLong();

    /** A second a call, and an hour for the first when it is slow: the mean is far from the median. */
    private Subject subject(String name, long seconds, boolean slowOnce) {
        return Subject.of(name, question -> {
            boolean slow = slowOnce && question.id().equals("q0");
            time.addAndGet((slow ? 3_600 : seconds) * SECOND);
            return Answer.of(name);
        });
    }

    private BenchmarkReport report(Subject one, Subject other) {
        List<Question> questions = IntStream.range(0, 9)
                .mapToObj(i -> Question.of("q" + i, "Qual " + i + "?", "x"))
                .toList();
        return BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", questions))
                .subject(one)
                .subject(other)
                .scorer(Scorer.of(
                        ScriptedRun.QUALITY,
                        ScoreScale.unit(),
                        (question, answer) -> Score.of(answer.text().equals("good") ? .9 : .5)))
                .warmUp(0)
                .nanoTicker(time::get)
                .build()
                .run());
    }

    private static String chart(BenchmarkReport report) {
        Figures figures = new Figures(Labels.of(ReportLanguage.ENGLISH));
        return new HtmlScatter(report, figures, report.metric(ScriptedRun.QUALITY))
                .render(report.metric("latency"), "Quality against latency");
    }

    /** By mean latency the poor one would be on the front too: the good one had one very slow call. */
    @Test
    void theLineJoinsNoPointThatIsBeatenInThePicture() {
        BenchmarkReport report = report(subject("good", 1, true), subject("poor", 2, false));

        assertThat(report.pareto(ScriptedRun.QUALITY, "latency").front()).containsExactly("good", "poor");
        assertThat(chart(report)).doesNotContain("class=\"front\"").contains("median latency of a call");
    }

    @Test
    void theLineJoinsPointsThatDoNotBeatEachOther() {
        assertThat(chart(report(subject("good", 2, false), subject("poor", 1, false))))
                .containsOnlyOnce("class=\"front\"")
                .contains("no other beats in the two figures drawn here");
    }
}
