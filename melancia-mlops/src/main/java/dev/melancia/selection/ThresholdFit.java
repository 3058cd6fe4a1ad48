package dev.melancia.selection;

import static java.util.Objects.requireNonNull;

import dev.melancia.scorer.Question;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Tries a threshold below, between and above all features. Immutable. */
final class ThresholdFit implements Fit {

    private final ToDoubleFunction<Question> feature;
    private final Candidate below;
    private final Candidate otherwise;

    ThresholdFit(ToDoubleFunction<Question> feature, Candidate below, Candidate otherwise) {
        this.feature = requireNonNull(feature, "feature");
        this.below = requireNonNull(below, "below");
        this.otherwise = requireNonNull(otherwise, "otherwise");
        below.requireSameDirection(otherwise);
    }

    @Override
    public boolean higherIsBetter() {
        return below.higherIsBetter();
    }

    @Override
    public double low() {
        return Math.min(below.low(), otherwise.low());
    }

    @Override
    public double high() {
        return Math.max(below.high(), otherwise.high());
    }

    /** Sorted by feature, the gain of moving one question after the other to the candidate below adds up. */
    @Override
    public Fitted on(List<Question> training) {
        List<Point> points = training.stream()
                .filter(question -> below.value(question).isPresent()
                        && otherwise.value(question).isPresent())
                .map(this::point)
                .sorted(Comparator.comparingDouble(Point::feature))
                .toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException(
                    "a threshold needs a question for which both candidates have a value, was none of "
                            + training.size());
        }
        double best = Double.NEGATIVE_INFINITY;
        double most = 0;
        double gain = 0;
        for (int i = 0; i < points.size(); i++) {
            gain += points.get(i).gain;
            boolean last = i == points.size() - 1;
            boolean tied = !last && points.get(i).feature == points.get(i + 1).feature;
            if (gain > most && !tied) {
                most = gain;
                best = last ? Double.POSITIVE_INFINITY : points.get(i).feature / 2 + points.get(i + 1).feature / 2;
            }
        }
        return new Threshold(best);
    }

    private Point point(Question question) {
        double value = feature.applyAsDouble(question);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "feature must be finite, was " + value + " for question \"" + question.id() + "\"");
        }
        double sign = higherIsBetter() ? 1 : -1;
        double gain =
                below.value(question).orElseThrow() - otherwise.value(question).orElseThrow();
        return new Point(value, sign * gain);
    }

    /** One question: its feature, and how much better the candidate below does on it. */
    private record Point(double feature, double gain) {}

    /** A threshold found. */
    private final class Threshold implements Fitted {

        private final double threshold;

        Threshold(double threshold) {
            this.threshold = threshold;
        }

        @Override
        public String choice() {
            if (Double.isInfinite(threshold)) {
                return "always " + (threshold > 0 ? below.name() : otherwise.name());
            }
            return below.name() + " below " + threshold + ", else " + otherwise.name();
        }

        @Override
        public OptionalDouble value(Question question) {
            return (feature.applyAsDouble(question) < threshold ? below : otherwise).value(question);
        }
    }
}
