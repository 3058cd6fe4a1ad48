package dev.melancia.regression;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.Metric;

/**
 * One question on which a subject's value of a metric differs between two runs. One question is one draw: a model that
 * answers anew gives another answer. Immutable.
 *
 * @param questionId id of the question
 * @param metric the metric
 * @param before mean over the earlier run's repeats, in the metric's unit
 * @param now mean over this run's repeats
 * @since 0.1.0
 */
public record QuestionChange(String questionId, Metric metric, double before, double now) {

    public QuestionChange {
        requireNonNull(questionId, "questionId");
        requireNonNull(metric, "metric");
    }

    /** How much better the value became in the metric's unit; below 0 when it became worse. */
    public double gain() {
        return metric.higherIsBetter() ? now - before : before - now;
    }
}
