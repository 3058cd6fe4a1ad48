package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.PairComparison;
import dev.melancia.analysis.ProjectedCost;
import dev.melancia.analysis.Quantile;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.analysis.Verdict;
import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.ScoreScale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of a report, the same in every format. */
final class Tables {

    private static final List<Long> CALLS_PER_DAY = List.of(1_000L, 10_000L, 100_000L);

    private final BenchmarkReport report;
    private final Figures figures;
    private final Labels labels;

    Tables(BenchmarkReport report, Figures figures) {
        this.report = report;
        this.figures = figures;
        this.labels = figures.labels();
    }

    /** One row a scorer, one column a subject. */
    Table quality() {
        List<List<Cell>> rows = report.metrics().stream()
                .filter(metric -> metric.kind() == Metric.Kind.QUALITY)
                .map(metric ->
                        row(metric.label(labels.language()), subject -> figures.summary(subject.metric(metric.name()))))
                .toList();
        return new Table(header(labels.get("metric")), rows);
    }

    /** Failures, time, tokens, money; a row that nobody can fill is left out. */
    Table operation() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Metric metric : report.metrics()) {
            if (metric.kind() != Metric.Kind.QUALITY) {
                rows.addAll(operation(metric));
            }
        }
        rows.add(row(labels.get("cutOff"), subject -> Cell.count(subject.cutOff())));
        rows.add(row(labels.get("totalCost"), subject -> figures.totalCost(subject.cost())));
        List<List<Cell>> filled = rows.stream()
                .filter(row -> row.stream().skip(1).anyMatch(cell -> !cell.isNone()))
                .toList();
        return new Table(header(labels.get("metric")), filled);
    }

    /** What the mark beside an interval means; empty when none of these tables has one. */
    Optional<String> caution(Table... shown) {
        String mark = labels.get("caution.mark");
        boolean marked = Arrays.stream(shown)
                .flatMap(table -> table.rows().stream())
                .flatMap(List::stream)
                .anyMatch(cell -> cell.detail().contains("]" + mark));
        return marked ? Optional.of(mark + " " + labels.get("caution")) : Optional.empty();
    }

    private List<List<Cell>> operation(Metric metric) {
        String name = metric.label(labels.language());
        Function<SubjectReport, MetricSummary> of = subject -> subject.metric(metric.name());
        if (!metric.unit().equals("s")) {
            return List.of(row(
                    name, subject -> metric.yesNo() ? failures(subject, metric) : figures.summary(of.apply(subject))));
        }
        return List.of(
                row(
                        labels.get("median", name),
                        subject -> quantile(of.apply(subject).median(), metric)),
                row(
                        labels.get("p95", name),
                        subject -> quantile(of.apply(subject).p95(), metric)),
                row(
                        labels.get("p99", name),
                        subject -> quantile(of.apply(subject).p99(), metric)));
    }

    private Cell failures(SubjectReport subject, Metric metric) {
        MetricSummary rate = subject.metric(metric.name());
        if (rate.mean().isEmpty()) {
            return Cell.none(labels.get("none"));
        }
        double mean = rate.mean().getAsDouble();
        String of = labels.get(
                "of", subject.failures().successes(), subject.failures().n());
        return new Cell(figures.value(mean, metric), figures.interval(rate) + " " + of, mean);
    }

    private Cell quantile(Quantile quantile, Metric metric) {
        if (quantile.value().isEmpty()) {
            return Cell.none(figures.reason(quantile.reason()));
        }
        double value = quantile.value().getAsDouble();
        String interval = quantile.interval()
                .map(found -> figures.interval(found, metric, value))
                .orElseGet(() -> "(" + figures.reason(quantile.reason()) + ")");
        return new Cell(figures.value(value, metric), interval, value);
    }

    /** One row a pair and metric that both have. */
    Table pairs() {
        List<String> header = Stream.of(
                        "pair", "metric", "difference", "interval", "p", "effect", "detectable", "n", "verdict")
                .map(name -> labels.get("column." + name))
                .toList();
        List<List<Cell>> rows = report.pairs().stream()
                .flatMap(pair -> measured(pair).map(metric -> pairRow(pair, metric)))
                .toList();
        return new Table(header, rows);
    }

    static Stream<MetricComparison> measured(PairComparison pair) {
        return pair.metrics().stream().filter(metric -> metric.verdict() != Verdict.NOT_MEASURED);
    }

    private List<Cell> pairRow(PairComparison pair, MetricComparison comparison) {
        Metric metric = comparison.metric();
        Cell unknown = Cell.none(figures.reason(comparison.reason()));
        double d = comparison.difference().orElse(0);
        return List.of(
                Cell.of(pair.first() + " − " + pair.second()),
                Cell.of(metric.label(labels.language())),
                comparison.difference().isEmpty() ? unknown : new Cell(figures.difference(d, metric), "", d),
                comparison
                        .interval()
                        .map(found -> new Cell(figures.interval(found, metric, d), "", found.low()))
                        .orElse(unknown),
                number(comparison.adjustedPValue().stream().boxed().toList(), figures::p),
                number(comparison.effectSize().stream().boxed().toList(), effect -> figures.decimals(effect, 2)),
                number(
                        comparison.minimumDetectable().stream().boxed().toList(),
                        least -> figures.value(least, metric).replace(" %", " pp")),
                Cell.count(comparison.n()),
                Cell.of(verdict(pair, comparison)));
    }

    private static Cell number(List<Double> value, Function<Double, String> text) {
        return value.isEmpty() ? Cell.none("") : new Cell(text.apply(value.get(0)), "", value.get(0));
    }

    String verdict(PairComparison pair, MetricComparison comparison) {
        return labels.get("verdict." + comparison.verdict(), pair.first(), pair.second());
    }

    /** What a month of traffic would cost with each subject whose cost is known. */
    Table projection() {
        List<String> header = new ArrayList<>(List.of(labels.get("projection")));
        CALLS_PER_DAY.forEach(calls -> header.add(labels.get("projection.calls", figures.grouped(calls))));
        List<List<Cell>> rows = report.subjects().stream()
                .filter(subject -> subject.projectedCost(1, 1, BigDecimal.ZERO).isPresent())
                .map(subject -> Stream.concat(
                                Stream.of(Cell.of(subject.name())),
                                CALLS_PER_DAY.stream().map(calls -> projected(subject, calls)))
                        .toList())
                .toList();
        return new Table(header, rows);
    }

    private Cell projected(SubjectReport subject, long calls) {
        ProjectedCost cost = subject.projectedCost(calls, 1, BigDecimal.ZERO).orElseThrow();
        BigDecimal expected = cost.expected().usdPerMonth();
        String interval = cost.low().isEmpty() || cost.high().isEmpty()
                ? ""
                : "[" + figures.usd(cost.low().get().usdPerMonth()) + "; "
                        + figures.usd(cost.high().get().usdPerMonth()) + "]";
        return new Cell(figures.usd(expected), interval.replace(" USD", ""), expected.doubleValue());
    }

    /** What each scorer measures and cannot see. */
    Table scorers() {
        List<String> header = Stream.of("metric", "scale", "measures", "blind", "agreement")
                .map(name -> labels.get("column." + name))
                .toList();
        List<List<Cell>> rows = report.scorers().stream()
                .map(scorer -> Stream.of(
                                scorer.name(),
                                scale(scorer.scale()),
                                scorer.measures(),
                                scorer.blindTo(),
                                scorer.agreement())
                        .map(Cell::of)
                        .toList())
                .toList();
        return new Table(header, rows);
    }

    String scale(ScoreScale scale) {
        String range = scale.yesNo()
                ? labels.get("scale.yesNo")
                : labels.get("scale", figures.digits(scale.low()), figures.digits(scale.high()));
        return range + ", " + labels.get(scale.higherIsBetter() ? "higher" : "lower");
    }

    /** What went wrong, at most so many rows. */
    Table failures(int most) {
        List<List<Cell>> rows = report.subjects().stream()
                .flatMap(subject -> subject.outcomes().stream()
                        .filter(Outcome.Failed.class::isInstance)
                        .map(Outcome.Failed.class::cast)
                        .map(failed -> List.of(
                                Cell.of(failed.question().id()), Cell.of(subject.name()), Cell.of(error(failed)))))
                .limit(most)
                .toList();
        return new Table(List.of(labels.get("question"), labels.get("subject"), labels.get("column.error")), rows);
    }

    static String error(Outcome.Failed failed) {
        return failed.message().isEmpty() ? failed.error() : failed.error() + ": " + failed.message();
    }

    private List<String> header(String corner) {
        return Stream.concat(Stream.of(corner), report.subjects().stream().map(SubjectReport::name))
                .toList();
    }

    private List<Cell> row(String name, Function<SubjectReport, Cell> cell) {
        return Stream.concat(
                        Stream.of(Cell.of(name)), report.subjects().stream().map(cell))
                .toList();
    }
}
