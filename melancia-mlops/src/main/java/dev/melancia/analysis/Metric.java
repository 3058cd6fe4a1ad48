package dev.melancia.analysis;

import static java.util.Objects.requireNonNull;

import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One quantity that a report states of every subject: a scorer's values, or a figure of operation. Immutable.
 *
 * @since 0.1.0
 */
public final class Metric {

    /** What a metric is about. */
    public enum Kind {
        /** What a scorer says of answers. */
        QUALITY,
        /** Time, money and failures: less or more of it is better. */
        OPERATION,
        /** Shown but never compared: neither less nor more of it is better. */
        FACT
    }

    private static final Map<String, String> PORTUGUESE = Map.of(
            "latency", "latência",
            "time to first token", "tempo até o primeiro token",
            "output speed", "velocidade de saída",
            "cost", "custo",
            "failure rate", "taxa de falhas",
            "input tokens", "tokens de entrada",
            "output tokens", "tokens de saída",
            "load time", "tempo de carga");

    private final String name;
    private final String unit;
    private final Kind kind;
    private final boolean higherIsBetter;
    private final boolean yesNo;
    private final double low;
    private final double high;
    private final @Nullable Operation operation;
    private final Reading reading;

    /** Reads one outcome. */
    interface Reading {

        /** A value, not applicable (also: not measured), or failed. */
        Score of(Outcome outcome);
    }

    private Metric(Scorer scorer) {
        name = scorer.name();
        unit = "";
        kind = Kind.QUALITY;
        higherIsBetter = scorer.scale().higherIsBetter();
        yesNo = scorer.scale().yesNo();
        low = scorer.scale().low();
        high = scorer.scale().high();
        operation = null;
        reading = outcome -> outcome.score(scorer.name());
    }

    private Metric(Operation operation, String name) {
        this.name = name;
        unit = operation.unit();
        kind = operation.kind();
        higherIsBetter = operation == Operation.SPEED;
        yesNo = operation == Operation.FAILURE;
        low = 0;
        high = yesNo ? 1 : Double.POSITIVE_INFINITY;
        this.operation = operation;
        reading = operation.reading();
    }

    static Metric of(Scorer scorer) {
        return new Metric(requireNonNull(scorer, "scorer"));
    }

    static Metric of(Operation operation, String name) {
        return new Metric(operation, name);
    }

    /** The scorer's name, or one of {@code latency}, {@code time to first token}, {@code output speed}, {@code cost}, … */
    public String name() {
        return name;
    }

    /** The name in a report of this language; a scorer's is not translated. */
    public String label(ReportLanguage language) {
        return language.pick(name, kind == Kind.QUALITY ? name : PORTUGUESE.getOrDefault(name, name));
    }

    /** {@code s}, {@code tokens/s}, {@code USD} or {@code tokens}; empty for scores and rates. */
    public String unit() {
        return unit;
    }

    /** What it is about. */
    public Kind kind() {
        return kind;
    }

    /** Whether more of it is better; says nothing of a {@link Kind#FACT}. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** Whether a call has 0 or 1 only, so that a mean is a rate. */
    public boolean yesNo() {
        return yesNo;
    }

    /** Least possible value, finite. */
    public double low() {
        return low;
    }

    /** Greatest possible value; infinite for times, money and tokens. */
    public double high() {
        return high;
    }

    /** What one outcome says of it: a value, not applicable (also: not measured), or failed. */
    public Score read(Outcome outcome) {
        return reading.of(outcome);
    }

    /** Whether its values may be compared with the other's: the same name, unit and scale. */
    boolean isSameAs(Metric other) {
        return name.equals(other.name)
                && operation == other.operation
                && low == other.low
                && high == other.high
                && higherIsBetter == other.higherIsBetter;
    }

    boolean is(Operation other) {
        return operation == other;
    }

    /** Whether a mean of the calls that are known would be taken for that of all. */
    boolean mustBeComplete() {
        return is(Operation.COST);
    }

    /** Such as {@code latency (s)}. */
    @Override
    public String toString() {
        return unit.isEmpty() ? name : name + " (" + unit + ")";
    }
}
