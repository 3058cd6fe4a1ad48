package dev.melancia.regression;

import dev.melancia.analysis.Metric;
import dev.melancia.analysis.MetricComparison;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.PairComparison;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How one subject did in this run against the earlier one, on the questions that are the same in both. Immutable.
 *
 * @since 0.1.0
 */
public final class SubjectRegression {

    private final SubjectReport earlier;
    private final SubjectReport now;
    private final PairComparison comparison;

    SubjectRegression(SubjectReport earlier, SubjectReport now, PairComparison comparison) {
        this.earlier = earlier;
        this.now = now;
        this.comparison = comparison;
    }

    /** The subject's name in this run. */
    public String name() {
        return now.name();
    }

    /** This run's figures, over the questions that are the same in both. */
    public SubjectReport now() {
        return now;
    }

    /** The earlier run's figures, over the same questions. */
    public SubjectReport earlier() {
        return earlier;
    }

    /**
     * Paired differences per metric: first is this run, second the earlier one. Holm over all metrics and all subjects of
     * the regression report.
     */
    public PairComparison comparison() {
        return comparison;
    }

    /** Ids of questions that were always answered before, and failed now at least once; in the dataset's order. */
    public List<String> newFailures() {
        return failedOnlyIn(now, earlier);
    }

    /** Ids of questions that failed at least once before, and were always answered now. */
    public List<String> fixedFailures() {
        return failedOnlyIn(earlier, now);
    }

    private static List<String> failedOnlyIn(SubjectReport one, SubjectReport other) {
        Map<String, Boolean> otherFailed = new LinkedHashMap<>();
        other.outcomes()
                .forEach(outcome -> otherFailed.merge(outcome.question().id(), isFailure(outcome), Boolean::logicalOr));
        Set<String> failed = new LinkedHashSet<>();
        for (Outcome outcome : one.outcomes()) {
            String id = outcome.question().id();
            if (isFailure(outcome) && Boolean.FALSE.equals(otherFailed.get(id))) {
                failed.add(id);
            }
        }
        return List.copyOf(failed);
    }

    private static boolean isFailure(Outcome outcome) {
        return outcome.reply().isEmpty();
    }

    /**
     * Questions whose value became worse, the worst first. With a model that answers anew each time some always do: the
     * comparison says whether that is more than chance.
     *
     * @param metric name of a compared metric
     * @param byMoreThan in the metric's unit, at least 0
     * @throws IllegalArgumentException when not both runs have the metric, or the amount is negative
     */
    public List<QuestionChange> worse(String metric, double byMoreThan) {
        return changes(metric, byMoreThan).stream()
                .filter(change -> change.gain() < -byMoreThan)
                .sorted(Comparator.comparingDouble(QuestionChange::gain))
                .toList();
    }

    /** Questions whose value became better, the best first; see {@link #worse}. */
    public List<QuestionChange> better(String metric, double byMoreThan) {
        return changes(metric, byMoreThan).stream()
                .filter(change -> change.gain() > byMoreThan)
                .sorted(Comparator.comparingDouble(QuestionChange::gain).reversed())
                .toList();
    }

    private List<QuestionChange> changes(String name, double byMoreThan) {
        if (!(byMoreThan >= 0)) {
            throw new IllegalArgumentException("byMoreThan must be at least 0, was " + byMoreThan);
        }
        Metric metric = compared(name).metric();
        MetricSummary before = earlier.metric(name);
        MetricSummary after = now.metric(name);
        Set<String> ids = new LinkedHashSet<>();
        now.outcomes().forEach(outcome -> ids.add(outcome.question().id()));
        List<QuestionChange> changes = new ArrayList<>();
        for (String id : ids) {
            OptionalDouble was = before.value(id);
            OptionalDouble is = after.value(id);
            if (was.isPresent() && is.isPresent()) {
                changes.add(new QuestionChange(id, metric, was.getAsDouble(), is.getAsDouble()));
            }
        }
        return changes;
    }

    MetricComparison compared(String metric) {
        return comparison.metric(metric);
    }

    /** The name. */
    @Override
    public String toString() {
        return "SubjectRegression[" + name() + "]";
    }
}
