package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One row an outcome, after RFC 4180. A cell without a value is empty. */
final class CsvReport {

    private static final List<String> FIRST = List.of(
            "subject",
            "question_id",
            "question",
            "references",
            "answerable",
            "answer",
            "error",
            "latency_nanos",
            "input_tokens",
            "output_tokens",
            "cost_usd",
            "finish",
            "answered_by",
            "sources");
    /** What makes a spreadsheet take a cell for a formula. */
    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    /** Where a spreadsheet that separates by semicolon or tab begins a cell inside ours: quotes do not hold it back. */
    private static final Pattern INNER_FORMULA = Pattern.compile(
            "([;\\t\\r\\n])(?=[^\\S\\t\\r\\n]*+\"*+[^\\S\\t\\r\\n]*+[" + FORMULA_STARTS.replace("-", "\\-") + "])");

    private CsvReport() {}

    static String render(BenchmarkReport report) {
        List<String> header = new ArrayList<>(FIRST);
        report.scorers().forEach(scorer -> header.add(scorer.name()));
        StringBuilder out =
                new StringBuilder(line(header.stream().map(CsvReport::text).toList()));
        for (SubjectReport subject : report.subjects()) {
            for (Outcome outcome : subject.outcomes()) {
                out.append(line(row(subject.name(), outcome, report.scorers())));
            }
        }
        return out.toString();
    }

    private static List<String> row(String subject, Outcome outcome, List<Scorer> scorers) {
        Question question = outcome.question();
        List<String> row = new ArrayList<>(List.of(
                text(subject),
                text(question.id()),
                text(question.text()),
                text(String.join(" | ", question.references())),
                Boolean.toString(question.isAnswerable()),
                text(answer(outcome, Answer::text)),
                text(error(outcome)),
                Long.toString(outcome.latencyNanos()),
                tokens(outcome, TokenCounts::input),
                tokens(outcome, TokenCounts::output),
                answer(
                        outcome,
                        answer -> answer.cost()
                                .usd()
                                .map(BigDecimal::toPlainString)
                                .orElse("")),
                answer(outcome, answer -> answer.finish().name()),
                text(answer(outcome, answer -> answer.model().orElse(""))),
                text(answer(
                        outcome, answer -> String.join(" | ", answer.sources().orElse(List.of()))))));
        scorers.forEach(scorer -> row.add(score(outcome, scorer.name())));
        return row;
    }

    private static String answer(Outcome outcome, Function<Answer, String> part) {
        return outcome.reply().map(part).orElse("");
    }

    private static String error(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? failed.error() + ": " + failed.message() : "";
    }

    private static String tokens(Outcome outcome, Function<TokenCounts, OptionalInt> side) {
        OptionalInt count =
                outcome.reply().map(answer -> side.apply(answer.tokens())).orElse(OptionalInt.empty());
        return count.isPresent() ? Long.toString(count.getAsInt()) : "";
    }

    private static String score(Outcome outcome, String scorer) {
        var value = outcome.score(scorer).value();
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(",", "", "\r\n"));
    }

    static String text(String text) {
        String shown = text.stripLeading();
        boolean formula = !shown.isEmpty() && FORMULA_STARTS.indexOf(shown.charAt(0)) >= 0;
        String safe = INNER_FORMULA.matcher(formula ? "'" + text : text).replaceAll("$1'");
        return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
