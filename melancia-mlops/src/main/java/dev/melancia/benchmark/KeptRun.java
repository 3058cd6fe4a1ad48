package dev.melancia.benchmark;

import dev.melancia.cost.Cost;
import dev.melancia.scorer.Score;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier processes of the same run brought. Immutable.
 *
 * @param outcomes what is not asked again
 * @param warmUps by subject, in order
 * @param costs what was paid for answers and warm-ups
 * @param inDoubt calls of each subject that were under way when their process died, more than none
 * @param scores what was paid for scores, by a fingerprint of scorer, question and answer
 * @param budgetSpent whether the last process ended because the budget was spent
 */
record KeptRun(
        Map<CallKey, Outcome> outcomes,
        Map<String, List<Outcome>> warmUps,
        List<Paid> costs,
        Map<String, Integer> inDoubt,
        Map<String, Score> scores,
        boolean budgetSpent) {

    static final KeptRun NOTHING = new KeptRun(Map.of(), Map.of(), List.of(), Map.of(), Map.of(), false);

    KeptRun {
        outcomes = Map.copyOf(outcomes);
        warmUps = Map.copyOf(warmUps);
        costs = List.copyOf(costs);
        inDoubt = Map.copyOf(inDoubt);
        scores = Map.copyOf(scores);
    }

    /** What one answer of one subject cost. */
    record Paid(String subject, Cost cost) {}

    KeptRun withoutFailures() {
        Map<CallKey, Outcome> answered = new HashMap<>(outcomes);
        answered.values().removeIf(outcome -> outcome.reply().isEmpty());
        return new KeptRun(answered, warmUps, costs, inDoubt, scores, budgetSpent);
    }

    int inDoubtInAll() {
        return inDoubt.values().stream().mapToInt(Integer::intValue).sum();
    }

    Optional<Outcome> outcome(CallKey key) {
        return Optional.ofNullable(outcomes.get(key));
    }

    List<Outcome> warmUps(String subject) {
        return warmUps.getOrDefault(subject, List.of());
    }
}
