package dev.melancia.report;

import dev.melancia.analysis.ReportLanguage;
import dev.melancia.comparison.ComparedMetric;
import dev.melancia.comparison.MetricDirections;
import dev.melancia.comparison.MetricValue;
import dev.melancia.comparison.RunPair;
import dev.melancia.comparison.RunsReport;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a comparison of runs says, as tables and sentences before they are text or HTML. Immutable. */
final class RunsTables {

    private static final int MOST_PARAM = 80;
    private static final int DIGITS = 4;
    private static final double GREATEST_PLAIN = 1e9;
    private static final double LEAST_PLAIN = 1e-4;

    private final RunsReport report;
    private final int mostName;
    private final Figures figures = new Figures(Labels.of(ReportLanguage.ENGLISH));

    /**
     * @param mostName how much of a run's name stands over a column, beside its letter; 0 for the letter alone
     */
    RunsTables(RunsReport report, int mostName) {
        this.report = report;
        this.mostName = mostName;
    }

    /** The run's name with the letter it goes by. */
    String name(int run) {
        return Subjects.letter(run) + " " + report.runs().get(run).name();
    }

    List<String> settings() {
        long experiments =
                report.runs().stream().map(RecordedRun::experiment).distinct().count();
        String where =
                experiments == 1 ? "experiment " + report.runs().get(0).experiment() : experiments + " experiments";
        String tests = report.tests() == 0
                ? "no tests"
                : report.tests() + (report.tests() == 1 ? " test" : " tests, corrected together (Holm)");
        return List.of(report.runs().size() + " runs", where, report.metrics().size() + " metrics", tests);
    }

    Table runs() {
        List<List<Cell>> rows = IntStream.range(0, report.runs().size())
                .mapToObj(i -> {
                    RecordedRun run = report.runs().get(i);
                    return List.of(
                            Cell.of(name(i)),
                            Cell.of(run.status().name()),
                            Cell.of(run.startedAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString()),
                            run.endedAt()
                                    .map(end -> Cell.of(took(Duration.between(run.startedAt(), end))))
                                    .orElse(Cell.none("not ended")),
                            Cell.of(run.id()));
                })
                .toList();
        return new Table(List.of("run", "status", "started", "took", "id"), rows);
    }

    private String took(Duration time) {
        long minutes = time.toMinutes();
        return minutes == 0
                ? figures.time(time.toNanos() / 1e9)
                : String.format(Locale.ROOT, "%d:%02d min", minutes, time.toSecondsPart());
    }

    /** One row a parameter; an absent one is not the same as an empty one. */
    Table params() {
        return new Table(
                header("parameter"),
                report.differingParams().stream()
                        .map(row -> Stream.concat(
                                        Stream.of(Cell.of(row.key())),
                                        row.values().stream().map(RunsTables::param))
                                .toList())
                        .toList());
    }

    private static Cell param(Optional<String> value) {
        return value.map(text -> Cell.of(text.isEmpty() ? "\"\"" : cut(text, MOST_PARAM)))
                .orElse(Cell.none("not set"));
    }

    private static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private String heading(int run) {
        String name = report.runs().get(run).name();
        return mostName == 0 ? Subjects.letter(run) : Subjects.letter(run) + " " + cut(name, mostName);
    }

    /** One row a metric. */
    Table metrics() {
        List<String> header = new ArrayList<>(header("metric"));
        header.add("best");
        return new Table(
                header,
                report.metrics().stream()
                        .map(metric -> {
                            List<Cell> row = new ArrayList<>(List.of(Cell.of(metric.key() + arrow(metric))));
                            for (int i = 0; i < metric.values().size(); i++) {
                                row.add(value(metric, i));
                            }
                            row.add(best(metric));
                            return row;
                        })
                        .toList());
    }

    private List<String> header(String corner) {
        return Stream.concat(
                        Stream.of(corner),
                        IntStream.range(0, report.runs().size()).mapToObj(this::heading))
                .toList();
    }

    static String arrow(ComparedMetric metric) {
        return switch (metric.better()) {
            case HIGHER -> " ↑";
            case LOWER -> " ↓";
            case UNKNOWN -> "";
        };
    }

    Cell value(ComparedMetric metric, int run) {
        MetricValue value = metric.values().get(run);
        if (value.value().isEmpty()) {
            return Cell.none(value.note());
        }
        double figure = value.value().getAsDouble();
        boolean best = metric.best().run().orElse(-1) == run;
        String detail = metric.kind() == ComparedMetric.Kind.SINGLE
                ? ""
                : value.interval().map(this::interval).orElse("(" + shortly(value.note()) + ")") + " n=" + value.n();
        return new Cell(figure(figure) + (best ? " ★" : ""), detail, figure);
    }

    /** The part before the colon says enough in a cell. */
    private static String shortly(String note) {
        return note.isEmpty() ? "no interval" : note.replaceFirst(":.*", "");
    }

    /** Whole numbers in full, others with four digits that count. */
    static String figure(double value) {
        String text;
        if (Double.isInfinite(value)) {
            text = value > 0 ? "∞" : "-∞";
        } else if (value == Math.rint(value) && Math.abs(value) < GREATEST_PLAIN) {
            text = Long.toString((long) value);
        } else if (Math.abs(value) >= GREATEST_PLAIN || Math.abs(value) < LEAST_PLAIN) {
            text = String.format(Locale.ROOT, "%.3e", value);
        } else {
            text = BigDecimal.valueOf(value)
                    .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return text.replace('-', '\u2212');
    }

    String interval(Interval interval) {
        return "[" + figure(interval.low()) + ", " + figure(interval.high()) + "]";
    }

    private Cell best(ComparedMetric metric) {
        return metric.best().run().isPresent()
                ? new Cell(
                        Subjects.letter(metric.best().run().getAsInt()),
                        metric.best().why(),
                        Double.NaN)
                : Cell.none(metric.best().why());
    }

    /** One row a test. */
    Table pairs() {
        List<List<Cell>> rows = new ArrayList<>();
        for (ComparedMetric metric : report.metrics()) {
            for (RunPair pair : metric.pairs()) {
                rows.add(List.of(
                        Cell.of(metric.key()),
                        Cell.of(Subjects.letter(pair.first()) + " − " + Subjects.letter(pair.second())),
                        difference(pair),
                        pair.adjustedP().isPresent()
                                ? Cell.of(figures.p(pair.adjustedP().getAsDouble()))
                                : Cell.none(pair.obstacle()),
                        Cell.of(Integer.toString(pair.n())),
                        Cell.of(pair.test().words()),
                        Cell.of(verdict(metric, pair))));
            }
        }
        return new Table(List.of("metric", "runs", "difference", "adjusted p", "n", "test", "finding"), rows);
    }

    private Cell difference(RunPair pair) {
        if (pair.difference().isEmpty()) {
            return Cell.none("");
        }
        double difference = pair.difference().getAsDouble();
        return new Cell(
                (difference > 0 ? "+" : "") + figure(difference),
                pair.interval().map(this::interval).orElse("(" + shortly(pair.obstacle()) + ")"),
                difference);
    }

    private String verdict(ComparedMetric metric, RunPair pair) {
        if (pair.test() == RunPair.Test.NONE) {
            return "not tested";
        }
        if (!pair.shown()) {
            return "no difference shown";
        }
        boolean firstMore = pair.difference().orElse(0) > 0;
        int more = firstMore ? pair.first() : pair.second();
        int less = firstMore ? pair.second() : pair.first();
        return switch (metric.better()) {
            case HIGHER -> Subjects.letter(more) + " is better";
            case LOWER -> Subjects.letter(less) + " is better";
            case UNKNOWN -> Subjects.letter(more) + " has more";
        };
    }

    /** Metrics with samples or intervals first: of the others little can be said. */
    List<Conclusions.Sentence> conclusions() {
        return Stream.concat(sentences(false), sentences(true)).toList();
    }

    private Stream<Conclusions.Sentence> sentences(boolean single) {
        return report.metrics().stream()
                .filter(metric -> (metric.kind() == ComparedMetric.Kind.SINGLE) == single)
                .filter(metric -> !single || metric.best().run().isPresent())
                .map(this::sentence);
    }

    private Conclusions.Sentence sentence(ComparedMetric metric) {
        boolean shown = metric.best().run().isPresent() && metric.kind() != ComparedMetric.Kind.SINGLE;
        String text = metric.best().run().isPresent()
                ? metric.key() + ": " + name(metric.best().run().getAsInt())
                        + (shown ? " is best" : " has the best value")
                : metric.key() + ": no best run";
        return new Conclusions.Sentence(text + " (" + metric.best().why() + ")", shown);
    }

    /** Metrics for which somebody has to say whether more is better. */
    List<String> undirected() {
        return report.metrics().stream()
                .filter(metric -> metric.better() == MetricDirections.Better.UNKNOWN)
                .map(ComparedMetric::key)
                .toList();
    }

    boolean anySamples() {
        return report.metrics().stream().anyMatch(metric -> metric.kind() == ComparedMetric.Kind.SAMPLES);
    }

    static final String HOW = "↑ more is better, ↓ less is better, ★ best run. Of a metric the latest value counts, as"
            + " for a curve over time. Where its points are known to be separate cases, such as questions: mean, 95 % interval,"
            + " n; the test is paired where the runs have the same steps, and p is corrected for all tests here (Holm).";
}
