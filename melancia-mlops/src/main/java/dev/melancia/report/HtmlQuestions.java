package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Each question as a fold, its answers side by side inside. */
final class HtmlQuestions {

    private HtmlQuestions() {}

    static String render(BenchmarkReport report) {
        return IntStream.range(0, report.dataset().questions().size())
                .mapToObj(i -> question(report, i))
                .collect(Collectors.joining());
    }

    private static String question(BenchmarkReport report, int index) {
        Question question = report.dataset().questions().get(index);
        String marks = IntStream.range(0, report.subjects().size())
                .mapToObj(i -> mark(
                        report.subjects().get(i).outcomes().get(index),
                        report.scorers().get(0),
                        i))
                .collect(Collectors.joining());
        String answers = IntStream.range(0, report.subjects().size())
                .mapToObj(i -> answer(report.subjects().get(i), index, i))
                .collect(Collectors.joining());
        return "<details class=\"question\"><summary><span class=\"id\">" + Html.escape(question.id())
                + "</span><span class=\"text\" dir=\"auto\">" + Html.escape(question.text())
                + "</span><span class=\"marks\">" + marks + "</span></summary>\n" + known(question)
                + "<div class=\"answers\">\n" + answers + "</div></details>\n";
    }

    /** The first scorer's value, or that there is none. */
    private static String mark(Outcome outcome, Scorer scorer, int subject) {
        boolean failed = outcome.reply().isEmpty();
        return "<span class=\"mark " + (failed ? "bad" : HtmlReport.colour(subject)) + "\">"
                + (failed ? "failed" : value(outcome.score(scorer.name()))) + "</span>";
    }

    private static String known(Question question) {
        List<String> parts = new ArrayList<>();
        parts.add(
                question.isAnswerable()
                        ? part("Reference", String.join(" · ", question.references()))
                        : part("Reference", "none: the question has no answer, refusing is right"));
        if (!question.sources().isEmpty()) {
            parts.add(part("Expected sources", String.join(" · ", question.sources())));
        }
        if (!question.tags().isEmpty()) {
            parts.add(part("Tags", String.join(" · ", question.tags())));
        }
        String context = question.context()
                .map(text -> "<details class=\"context\"><summary>Context</summary><p dir=\"auto\">" + Html.escape(text)
                        + "</p></details>\n")
                .orElse("");
        return "<dl>" + String.join("", parts) + "</dl>\n" + context;
    }

    private static String part(String name, String text) {
        return "<dt>" + name + "</dt><dd dir=\"auto\">" + Html.escape(text) + "</dd>";
    }

    private static String answer(SubjectReport subject, int question, int colour) {
        Outcome outcome = subject.outcomes().get(question);
        String body = outcome.reply().map(HtmlQuestions::text).orElseGet(() -> error(outcome));
        String scores = subject.metrics(Metric.Kind.QUALITY).stream()
                .map(metric -> score(metric.name(), outcome))
                .collect(Collectors.joining());
        return "<section class=\"answer " + HtmlReport.colour(colour) + "\"><h4><i></i>" + Html.escape(subject.name())
                + "</h4>" + body + (outcome.reply().isPresent() ? "<ul class=\"scores\">" + scores + "</ul>" : "")
                + "<p class=\"facts\">" + Html.escape(facts(outcome)) + "</p></section>\n";
    }

    private static String text(Answer answer) {
        return answer.text().isBlank()
                ? "<p class=\"said empty\">(blank)</p>"
                : "<p class=\"said\" dir=\"auto\">" + Html.escape(answer.text()) + "</p>";
    }

    private static String error(Outcome outcome) {
        String text = outcome instanceof Outcome.Failed failed ? failed.error() + ": " + failed.message() : "failed";
        return "<p class=\"said error\" dir=\"auto\">" + Html.escape(text) + "</p>";
    }

    private static String score(String scorer, Outcome outcome) {
        Score score = outcome.score(scorer);
        return "<li" + (score.reason().isEmpty() ? "" : " title=\"" + Html.escape(score.reason()) + "\"") + "><span>"
                + Html.escape(scorer) + "</span><b>" + value(score) + "</b></li>";
    }

    private static String value(Score score) {
        return score.value().isPresent()
                ? Figures.decimal(score.value())
                : score instanceof Score.Failed ? "scorer failed" : "n/a";
    }

    private static String facts(Outcome outcome) {
        List<String> facts = new ArrayList<>();
        facts.add(Figures.nanos(outcome.latencyNanos()));
        outcome.reply().ifPresent(answer -> {
            facts.add("tokens " + count(answer.tokens().input()) + " in, "
                    + count(answer.tokens().output()) + " out");
            facts.add("cost " + answer.cost());
            if (answer.finish() == Answer.Finish.CUT_OFF || answer.finish() == Answer.Finish.FILTERED) {
                facts.add(answer.finish() == Answer.Finish.CUT_OFF ? "cut off by a token limit" : "filtered");
            }
            answer.model().ifPresent(model -> facts.add("answered by " + model));
            answer.sources().ifPresent(sources -> facts.add("sources " + String.join(", ", sources)));
        });
        return String.join(" · ", facts);
    }

    private static String count(OptionalInt count) {
        return count.isPresent() ? Long.toString(count.getAsInt()) : Figures.UNKNOWN;
    }
}
