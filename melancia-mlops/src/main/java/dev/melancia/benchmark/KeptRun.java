package dev.melancia.benchmark;

import dev.melancia.cost.Cost;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier processes of the same run brought. Immutable.
 *
 * @param outcomes what is not asked again
 * @param warmUps by subject, in order
 * @param costs what was paid for answers and warm-ups
 * @param inDoubt calls that were under way when their process died
 */
record KeptRun(Map<CallKey, Outcome> outcomes, Map<String, List<Outcome>> warmUps, List<Paid> costs, int inDoubt) {

    static final KeptRun NOTHING = new KeptRun(Map.of(), Map.of(), List.of(), 0);

    KeptRun {
        outcomes = Map.copyOf(outcomes);
        costs = List.copyOf(costs);
        warmUps = Map.copyOf(warmUps);
    }

    /** One cost of one subject. */
    record Paid(String subject, Cost cost) {}

    Optional<Outcome> outcome(CallKey key) {
        return Optional.ofNullable(outcomes.get(key));
    }

    List<Outcome> warmUps(String subject) {
        return warmUps.getOrDefault(subject, List.of());
    }
}
