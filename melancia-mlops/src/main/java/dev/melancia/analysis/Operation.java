package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Score;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The figures of operation, each with how one outcome is read. */
enum Operation {
    LATENCY(
            "latency",
            "s",
            Metric.Kind.OPERATION,
            (outcome, answer) -> seconds(OptionalLong.of(outcome.latencyNanos()))),
    FIRST_TOKEN(
            "time to first token", "s", Metric.Kind.OPERATION, (outcome, answer) -> seconds(answer.firstTokenNanos())),
    SPEED("output speed", "tokens/s", Metric.Kind.OPERATION, Operation::speed),
    COST("cost", "USD", Metric.Kind.OPERATION, (outcome, answer) -> usd(answer)),
    FAILURE("failure rate", "", Metric.Kind.OPERATION, (outcome, answer) -> OptionalDouble.of(0)),
    INPUT_TOKENS(
            "input tokens",
            "tokens",
            Metric.Kind.FACT,
            (outcome, answer) -> number(answer.tokens().input())),
    OUTPUT_TOKENS(
            "output tokens",
            "tokens",
            Metric.Kind.FACT,
            (outcome, answer) -> number(answer.tokens().output())),
    LOAD("load time", "s", Metric.Kind.FACT, (outcome, answer) -> seconds(answer.loadNanos()));

    private static final double NANOS_PER_SECOND = 1e9;

    private final String words;
    private final String unit;
    private final Metric.Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // static methods: they hold no state
    private final BiFunction<Outcome, Answer, OptionalDouble> value;

    Operation(String words, String unit, Metric.Kind kind, BiFunction<Outcome, Answer, OptionalDouble> value) {
        this.words = words;
        this.unit = unit;
        this.kind = kind;
        this.value = value;
    }

    /** All, under names that no scorer has. */
    static List<Metric> metrics(List<Metric> scorers) {
        Set<String> taken = scorers.stream().map(Metric::name).collect(Collectors.toSet());
        List<Metric> metrics = new ArrayList<>();
        for (Operation operation : values()) {
            String name = taken.contains(operation.words) ? operation.words + " (operation)" : operation.words;
            metrics.add(Metric.of(operation, name));
        }
        return metrics;
    }

    String unit() {
        return unit;
    }

    Metric.Kind kind() {
        return kind;
    }

    Metric.Reading reading() {
        return outcome -> outcome.reply()
                .map(answer -> score(value.apply(outcome, answer)))
                .orElseGet(() -> this == FAILURE ? Score.of(1) : Score.notApplicable("no answer"));
    }

    private static Score score(OptionalDouble value) {
        return value.isPresent() ? Score.of(value.getAsDouble()) : Score.notApplicable("not measured");
    }

    private static OptionalDouble seconds(OptionalLong nanos) {
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / NANOS_PER_SECOND) : OptionalDouble.empty();
    }

    private static OptionalDouble number(OptionalInt count) {
        return count.isPresent() ? OptionalDouble.of(count.getAsInt()) : OptionalDouble.empty();
    }

    private static OptionalDouble usd(Answer answer) {
        return answer.cost()
                .usd()
                .map(BigDecimal::doubleValue)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** Over the whole call, as a user waits for it. */
    private static OptionalDouble speed(Outcome outcome, Answer answer) {
        OptionalInt tokens = answer.tokens().output();
        return tokens.isEmpty() || outcome.latencyNanos() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(tokens.getAsInt() * NANOS_PER_SECOND / outcome.latencyNanos());
    }
}
