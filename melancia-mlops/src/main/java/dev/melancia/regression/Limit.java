package dev.melancia.regression;

import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.Quantile;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.stats.Interval;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A figure on one side of a limit. Immutable. */
record Limit(String words, double limit, boolean atLeast, Function<SubjectReport, Figure> figure) implements Rule {

    private static final double NANOS_PER_SECOND = 1e9;

    /** What is held against a limit, with what it rests on. */
    record Figure(OptionalDouble value, Optional<Interval> interval, String missing, int n) {}

    Limit {
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException("limit must be finite, was " + limit);
        }
    }

    static Limit mean(String metric, double limit, boolean atLeast) {
        String words = metric + (atLeast ? " at least " : " at most ") + limit;
        return new Limit(words, limit, atLeast, mean(subject -> subject.metric(metric)));
    }

    static Function<SubjectReport, Figure> mean(Function<SubjectReport, MetricSummary> metric) {
        return subject -> {
            MetricSummary summary = metric.apply(subject);
            return new Figure(
                    summary.mean(), summary.interval(), summary.noInterval().orElse(""), summary.n());
        };
    }

    static Limit latency(String name, Duration limit, Function<MetricSummary, Quantile> quantile) {
        double seconds = limit.toNanos() / NANOS_PER_SECOND;
        return new Limit(name + " at most " + seconds + " s", seconds, false, subject -> {
            Quantile found = quantile.apply(subject.latency());
            return new Figure(
                    found.value(),
                    found.interval(),
                    found.reason(),
                    subject.latency().values());
        });
    }

    @Override
    public boolean needsEarlierRun() {
        return false;
    }

    @Override
    public Judgement check(SubjectReport subject) {
        Figure found = figure.apply(subject);
        if (found.value.isEmpty()) {
            return Judgement.open(false, found.missing + ", n=" + found.n);
        }
        double value = found.value.getAsDouble();
        String evidence = String.format(Locale.ROOT, "%.3g%s, n=%d", value, range(found), found.n);
        if (found.interval.isEmpty()) {
            return Judgement.open(keeps(value), evidence);
        }
        Interval interval = found.interval.get();
        if (keeps(interval.low()) && keeps(interval.high())) {
            return Judgement.held(evidence);
        }
        return keeps(interval.low()) || keeps(interval.high())
                ? Judgement.open(keeps(value), evidence)
                : Judgement.broken(evidence);
    }

    private static String range(Figure found) {
        return found.interval
                .map(interval -> String.format(Locale.ROOT, " [%.3g, %.3g]", interval.low(), interval.high()))
                .orElse(" (" + found.missing + ")");
    }

    private boolean keeps(double value) {
        return atLeast ? value >= limit : value <= limit;
    }
}
