package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The values of one metric for one subject, by question: repeats of a question are averaged before anything else. Immutable. */
final class Observations {

    private final Map<String, Observed> byQuestion = new LinkedHashMap<>();
    private final double[] calls;
    private final int missing;
    private final int failed;

    private Observations(Metric metric, List<Outcome> outcomes) {
        List<Double> values = new ArrayList<>();
        int without = 0;
        int broken = 0;
        for (Outcome outcome : outcomes) {
            Score score = metric.read(outcome);
            if (score.value().isPresent()) {
                double value = score.value().getAsDouble();
                values.add(value);
                byQuestion
                        .computeIfAbsent(outcome.question().id(), id -> new Observed(outcome.question()))
                        .add(value);
            } else if (score instanceof Score.Failed) {
                broken++;
            } else if (outcome.reply().isPresent()) {
                without++;
            }
        }
        calls = values.stream().mapToDouble(Double::doubleValue).toArray();
        missing = without;
        failed = broken;
    }

    static Observations of(Metric metric, List<Outcome> outcomes) {
        return new Observations(metric, outcomes);
    }

    /** Ids of the questions with a value, in the dataset's order. */
    List<String> ids() {
        return List.copyOf(byQuestion.keySet());
    }

    OptionalDouble mean(String id) {
        Observed observed = byQuestion.get(id);
        return observed == null ? OptionalDouble.empty() : OptionalDouble.of(observed.mean());
    }

    double[] means() {
        return byQuestion.values().stream().mapToDouble(Observed::mean).toArray();
    }

    /** Of the questions with a value, in the order of {@link #means}. */
    List<String> groups() {
        return byQuestion.values().stream()
                .map(observed -> observed.question.group())
                .toList();
    }

    int groupCount() {
        return new HashSet<>(groups()).size();
    }

    /** The group of a question that has a value. */
    String group(String id) {
        Observed observed = byQuestion.get(id);
        if (observed == null) {
            throw new IllegalArgumentException("no value for question " + id);
        }
        return observed.question.group();
    }

    /** Every single value, repeats apart. */
    double[] calls() {
        return calls.clone();
    }

    /** Answered calls without a value. */
    int missing() {
        return missing;
    }

    /** Answered calls on which the scorer broke. */
    int failed() {
        return failed;
    }

    /** One question's values. */
    private static final class Observed {

        private final Question question;
        private double sum;
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        private int count;

        Observed(Question question) {
            this.question = question;
        }

        void add(double value) {
            sum += value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
            count++;
        }

        double mean() {
            return Math.max(least, Math.min(greatest, sum / count)); // rounding must not leave the scale
        }
    }
}
