package dev.melancia.analysis;

import dev.melancia.stats.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Says a comparison in words. */
final class PairSentence {

    private final PairComparison pair;
    private final ReportLanguage language;

    PairSentence(PairComparison pair, ReportLanguage language) {
        this.pair = pair;
        this.language = language;
    }

    String text() {
        List<String> clauses = new ArrayList<>();
        better(pair.first(), pair.second(), Verdict.FIRST_BETTER, clauses);
        better(pair.second(), pair.first(), Verdict.SECOND_BETTER, clauses);
        notSeen(clauses);
        tooSmall(clauses);
        return clauses.isEmpty()
                ? language.pick("nothing could be compared", "nada pôde ser comparado")
                : String.join("; ", clauses);
    }

    private List<MetricComparison> with(Verdict verdict) {
        return pair.metrics().stream()
                .filter(metric -> metric.verdict() == verdict)
                .toList();
    }

    private void better(String winner, String loser, Verdict verdict, List<String> clauses) {
        List<MetricComparison> won = with(verdict);
        if (!won.isEmpty()) {
            String by = language.pick("by ", "em ");
            clauses.add(winner + language.pick(" is better than ", " é melhor que ") + loser + " "
                    + won.stream().map(metric -> by + amount(metric)).collect(joining()));
        }
    }

    private String amount(MetricComparison comparison) {
        String where = language.pick(" in ", " em ") + comparison.metric().label(language);
        Amounts amounts = new Amounts(comparison.metric(), language);
        if (comparison.interval().isEmpty()) {
            double about = Math.abs(comparison.difference().orElse(0));
            return language.pick("about ", "cerca de ") + amounts.one(about) + where;
        }
        Interval found = comparison.interval().get();
        double low = Math.min(Math.abs(found.low()), Math.abs(found.high()));
        double high = Math.max(Math.abs(found.low()), Math.abs(found.high()));
        return amounts.range(low, high) + where;
    }

    /** One clause for each number of questions. */
    private void notSeen(List<String> clauses) {
        Map<Integer, List<MetricComparison>> byN = new LinkedHashMap<>();
        with(Verdict.NO_DIFFERENCE_SEEN)
                .forEach(metric ->
                        byN.computeIfAbsent(metric.n(), n -> new ArrayList<>()).add(metric));
        byN.forEach((n, metrics) -> {
            String which = metrics.stream().map(this::notLarger).collect(joining());
            clauses.add(language.pick(
                    "no difference in " + which + " could be seen with " + n + " questions",
                    "com " + n + " perguntas não se viu diferença em " + which));
        });
    }

    private String notLarger(MetricComparison comparison) {
        String name = comparison.metric().label(language);
        if (comparison.bound().isEmpty()) {
            return name;
        }
        return name
                + language.pick(" larger than ", " maior que ")
                + new Amounts(comparison.metric(), language)
                        .one(comparison.bound().getAsDouble());
    }

    private void tooSmall(List<String> clauses) {
        String which = with(Verdict.N_TOO_SMALL).stream()
                .map(metric -> metric.metric().label(language) + " (" + metric.n() + ")")
                .collect(joining());
        if (!which.isEmpty()) {
            clauses.add(language.pick("too few questions to tell in ", "perguntas de menos para dizer em ") + which);
        }
    }

    private static Collector<CharSequence, ?, String> joining() {
        return Collectors.joining(", ");
    }
}
