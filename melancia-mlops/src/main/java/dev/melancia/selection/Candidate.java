package dev.melancia.selection;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.Metric;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.scorer.Question;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Something that may be chosen, with what it gets on each question: a benchmarked subject on one metric, or a mix of such.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Candidate {

    private final String name;
    private final boolean higherIsBetter;
    private final double low;
    private final double high;
    private final Function<Question, OptionalDouble> values;

    private Candidate(String name, boolean higherIsBetter, double[] range, Function<Question, OptionalDouble> values) {
        this.name = requireNonNull(name, "name");
        this.higherIsBetter = higherIsBetter;
        low = range[0];
        high = range[1];
        this.values = requireNonNull(values, "values");
    }

    /**
     * A candidate from values at hand.
     *
     * @param higherIsBetter whether more is better
     * @param values what it gets on a question, repeats averaged; empty where it has none; the same each time it is asked
     */
    public static Candidate of(String name, boolean higherIsBetter, Function<Question, OptionalDouble> values) {
        double[] range = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        return new Candidate(name, higherIsBetter, range, values);
    }

    /**
     * A benchmarked subject on one metric.
     *
     * @throws IllegalArgumentException when the report has no such metric, or neither end of it is better
     */
    public static Candidate of(SubjectReport subject, String metric) {
        Metric measured = subject.metric(metric).metric();
        if (measured.kind() == Metric.Kind.FACT) {
            throw new IllegalArgumentException("cannot choose by \"" + metric + "\": neither end of it is better");
        }
        double[] range = {measured.low(), measured.high()};
        return new Candidate(
                subject.name(),
                measured.higherIsBetter(),
                range,
                question -> subject.metric(metric).value(question.id()));
    }

    /** Every subject of a report on one metric, in its order. */
    public static List<Candidate> all(BenchmarkReport report, String metric) {
        return report.subjects().stream().map(subject -> of(subject, metric)).toList();
    }

    /**
     * What a router gets on average that sends a share of each question's calls to another candidate, by lot. A question
     * counts where both have a value.
     *
     * @param share of the calls that go to {@code other}, in [0, 1]
     */
    public Candidate mixedWith(Candidate other, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1], was " + share);
        }
        requireSameDirection(other);
        String mixed = share + " " + other.name + ", else " + name;
        double[] range = {Math.min(low, other.low), Math.max(high, other.high)};
        return new Candidate(
                mixed, higherIsBetter, range, question -> mean(value(question), other.value(question), share));
    }

    private static OptionalDouble mean(OptionalDouble own, OptionalDouble others, double share) {
        return own.isEmpty() || others.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((1 - share) * own.getAsDouble() + share * others.getAsDouble());
    }

    void requireSameDirection(Candidate other) {
        if (higherIsBetter != other.higherIsBetter) {
            throw new IllegalArgumentException(
                    "candidates must have the same better end; \"" + name + "\" and \"" + other.name + "\" have not");
        }
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** What it gets on a question; empty where it has no value, such as where the call failed. */
    public OptionalDouble value(Question question) {
        return values.apply(question);
    }

    /** The name. */
    @Override
    public String toString() {
        return "Candidate[" + name + "]";
    }
}
