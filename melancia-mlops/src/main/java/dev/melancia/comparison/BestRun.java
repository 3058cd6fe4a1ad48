package dev.melancia.comparison;

import dev.melancia.comparison.ComparedMetric.Best;
import dev.melancia.comparison.MetricDirections.Better;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Names the best run of a metric, or says why none can be named. Stateless. */
final class BestRun {

    private BestRun() {}

    static Best of(MetricDraft metric, List<RunPair> pairs) {
        if (metric.better() == Better.UNKNOWN) {
            return none("unknown whether more or less is better");
        }
        Optional<MetricValue> missing = metric.values().stream()
                .filter(value -> value.value().isEmpty())
                .findFirst();
        if (missing.isPresent()) {
            return none("not known of all runs: " + missing.get().note());
        }
        boolean higher = metric.better() == Better.HIGHER;
        int best = leading(metric.values(), higher);
        if (best < 0) {
            return none("the best value is shared");
        }
        return switch (metric.kind()) {
            case SAMPLES -> tested(best, higher ? 1 : -1, pairs);
            case INTERVAL -> apart(best, metric.values());
            case SINGLE -> new Best(OptionalInt.of(best), "one value a run: noise unknown");
        };
    }

    /** Place of the best value, or -1 when it is not the only one. */
    private static int leading(List<MetricValue> values, boolean higherIsBetter) {
        int best = 0;
        boolean shared = false;
        for (int i = 1; i < values.size(); i++) {
            int order = Double.compare(of(values.get(i)), of(values.get(best)));
            int better = higherIsBetter ? order : -order;
            if (better > 0) {
                best = i;
            }
            shared = better == 0 || (shared && better < 0);
        }
        return shared ? -1 : best;
    }

    private static double of(MetricValue value) {
        return value.value().orElseThrow() + 0.0;
    }

    /** Where steps are missing, the difference over the steps of both may have another sign than that of the means. */
    private static Best tested(int best, int sign, List<RunPair> pairs) {
        List<RunPair> own = pairs.stream()
                .filter(pair -> pair.first() == best || pair.second() == best)
                .toList();
        for (RunPair pair : own) {
            double gain = sign * pair.difference().orElse(0) * (pair.first() == best ? 1 : -1);
            if (pair.test() == RunPair.Test.NONE) {
                return none(pair.obstacle());
            }
            if (!pair.shown() || gain <= 0) {
                return none("within noise");
            }
        }
        return new Best(OptionalInt.of(best), "better than each other run, adjusted p < .05");
    }

    private static Best apart(int best, List<MetricValue> values) {
        Optional<Interval> own = values.get(best).interval();
        for (int i = 0; i < values.size(); i++) {
            Optional<Interval> other = values.get(i).interval();
            if (own.isEmpty() || other.isEmpty()) {
                return none("a run has no interval");
            }
            if (i != best
                    && own.get().low() <= other.get().high()
                    && other.get().low() <= own.get().high()) {
                return none("within noise: the intervals overlap");
            }
        }
        return new Best(OptionalInt.of(best), "the intervals do not overlap");
    }

    private static Best none(String why) {
        return new Best(OptionalInt.empty(), why);
    }
}
