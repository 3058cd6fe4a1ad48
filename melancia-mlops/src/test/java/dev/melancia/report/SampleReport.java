package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A small run with everything a report can meet: failures, unknown counts, refusals, hostile texts. */
final class SampleReport {

    static final String HOSTILE = "</p><script>alert('x')</script> {{questions}} & \"quoted\" </SCRIPT><!--\u2028";

    private SampleReport() {}

    static BenchmarkReport create() {
        AtomicLong time = new AtomicLong();
        return BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("perguntas <retail> | media", questions()))
                .subject(Subject.of("openai/gpt", question -> brief(question, time)))
                .subject(Subject.of("ollama/phi3", question -> verbose(question, time)))
                .scorer(Scorers.tokenF1())
                .scorer(Scorers.trigramDice())
                .scorer(Scorers.refusal())
                .scorer(Scorers.sourceHit(5))
                .warmUp(0)
                .nanoTicker(time::get)
                .clock(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")))
                .build()
                .run());
    }

    private static List<Question> questions() {
        return IntStream.range(0, 24)
                .mapToObj(i -> Question.builder("q" + i, i == 0 ? HOSTILE : "Qual é o prazo número " + i + "?")
                        .references(i % 6 == 5 ? List.of() : List.of("dentro de " + i + " dias"))
                        .sources(i % 2 == 0 ? List.of("manual.pdf") : List.of())
                        .context("O prazo é dentro de " + i + " dias.")
                        .build())
                .toList();
    }

    private static Answer brief(Question question, AtomicLong time) {
        time.addAndGet(4_210_000_000L);
        String text = question.id().equals("q1")
                ? "=1+1"
                : question.isAnswerable() ? question.references().get(0) : "Não sei.";
        return Answer.builder(question.id().equals("q0") ? HOSTILE : text)
                .tokens(TokenCounts.of(900, 68))
                .cost(TokenPrice.usdPerMillionTokens("0.15", "0.60").costOf(900, 68))
                .finish(Answer.Finish.COMPLETE)
                .sources(List.of("manual.pdf"))
                .build();
    }

    private static Answer verbose(Question question, AtomicLong time) {
        time.addAndGet(154_700_000_000L);
        if (question.id().equals("q3")) {
            throw new IllegalStateException("<b>server</b> closed the connection");
        }
        return Answer.builder("Uma resposta longa que fala de muitas coisas e do prazo. ".repeat(4))
                .finish(question.id().equals("q4") ? Answer.Finish.CUT_OFF : Answer.Finish.COMPLETE)
                .build();
    }
}
