package dev.melancia.suite;

import dev.melancia.regression.Gate;
import dev.melancia.suite.SuiteFile.GateEntry;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the gate that a suite describes. */
final class SuiteGate {

    private static final double NANOS_PER_SECOND = 1e9;

    private SuiteGate() {}

    /**
     * The gate of an entry, or null when no rule of it takes part.
     *
     * @param comparing whether there is an earlier run, so that rules which need one take part
     */
    static @Nullable Gate gate(GateEntry entry, boolean comparing) {
        Gate.Builder gate = Gate.builder();
        boolean alone = limits(entry, gate);
        boolean compared = comparing && comparisons(entry, gate);
        if (!alone && !compared) {
            return null;
        }
        if (entry.subjects() != null) {
            entry.subjects().forEach(gate::subject);
        }
        if (entry.whenInconclusive() != null) {
            gate.whenInconclusive(policy(entry.whenInconclusive()));
        }
        return gate.build();
    }

    private static boolean limits(GateEntry entry, Gate.Builder gate) {
        boolean any = each(entry.atLeast(), gate::atLeast);
        any |= each(entry.atMost(), gate::atMost);
        if (entry.failureRateAtMost() != null) {
            gate.failureRateAtMost(entry.failureRateAtMost());
            any = true;
        }
        if (entry.costPerCallUsdAtMost() != null) {
            gate.costPerCallAtMost(entry.costPerCallUsdAtMost());
            any = true;
        }
        if (entry.latencyMedianSecondsAtMost() != null) {
            gate.latencyMedianAtMost(seconds(entry.latencyMedianSecondsAtMost()));
            any = true;
        }
        if (entry.latencyP95SecondsAtMost() != null) {
            gate.latencyP95AtMost(seconds(entry.latencyP95SecondsAtMost()));
            any = true;
        }
        return any;
    }

    private static boolean comparisons(GateEntry entry, Gate.Builder gate) {
        boolean any = each(entry.noWorse(), gate::noWorse);
        any |= each(entry.noQuestionWorse(), gate::noQuestionWorse);
        if (Boolean.TRUE.equals(entry.noNewFailure())) {
            gate.noNewFailure();
            any = true;
        }
        return any;
    }

    private static boolean each(@Nullable Map<String, Double> byMetric, BiConsumer<String, Double> rule) {
        if (byMetric == null) {
            return false;
        }
        byMetric.forEach((metric, limit) -> {
            if (limit == null) {
                throw new IllegalArgumentException("the limit of \"" + metric + "\" must be a number, was null");
            }
            rule.accept(metric, limit);
        });
        return !byMetric.isEmpty();
    }

    private static Duration seconds(double seconds) {
        if (!(seconds > 0 && seconds < Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("a time must be above 0 seconds, was " + seconds);
        }
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    private static Gate.Inconclusive policy(String name) {
        return switch (name) {
            case "pass" -> Gate.Inconclusive.PASS;
            case "fail" -> Gate.Inconclusive.FAIL;
            case "by estimate" -> Gate.Inconclusive.BY_ESTIMATE;
            default ->
                throw new IllegalArgumentException(
                        "whenInconclusive must be pass, fail or \"by estimate\", was \"" + name + "\"");
        };
    }
}
