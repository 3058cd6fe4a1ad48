package dev.melancia.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A resolved target: candidates in the order they are tried, and what the target was called. */
final class Plan {

    final String label;
    final List<Candidate> candidates;
    final Strategy strategy;
    private final int ranked;
    private final int missingSomewhere;
    private final int smallestWindow;

    private Plan(String label, List<Candidate> candidates, Strategy strategy, int ranked) {
        this.label = label;
        this.candidates = List.copyOf(candidates);
        this.strategy = strategy;
        this.ranked = ranked;
        int missing = 0;
        for (Candidate candidate : candidates) {
            missing |= candidate.missing(~0);
        }
        this.missingSomewhere = missing;
        this.smallestWindow = candidates.stream()
                .mapToInt(candidate -> candidate.contextWindow().orElse(Integer.MAX_VALUE))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    static Plan of(ListedTarget target, List<Candidate> all, boolean fallback) {
        Set<Candidate> order = new LinkedHashSet<>(target.resolve(all));
        int named = order.size();
        if (fallback) {
            order.addAll(all);
        }
        return new Plan(target.toString(), new ArrayList<>(order), target.strategy(), named);
    }

    static Plan forced(Candidate candidate) {
        return new Plan(candidate.id().toString(), List.of(candidate), Strategy.PRIORITY, 1);
    }

    static Plan nothing(String label) {
        return new Plan(label, List.of(), Strategy.PRIORITY, 0);
    }

    /** Whether every candidate can do what is needed: the usual case, decided without a look at each. */
    boolean allCan(int needed) {
        return (needed & missingSomewhere) == 0;
    }

    /** Whether every candidate can hold the request; its length is asked only where a window is known. */
    boolean allHold(RoutingScope scope) {
        return smallestWindow == Integer.MAX_VALUE || scope.windowNeeded() <= smallestWindow;
    }

    /** Whether a candidate of this position was put there by the strategy, and not left where it was. */
    boolean isRanked(int position) {
        return strategy != Strategy.PRIORITY && position < ranked;
    }

    /** The candidates, those that the target named put in order by its strategy. */
    List<Candidate> order(RoutingScope scope) {
        return order(scope.health, strategy.readsTokens() ? scope.tokens() : Tokens.NONE);
    }

    /** As before, with tokens where the strategy reads them. */
    List<Candidate> order(HealthSnapshot health, Tokens tokens) {
        if (strategy == Strategy.PRIORITY) {
            return candidates;
        }
        Candidate[] order = candidates.toArray(Candidate[]::new);
        long[] scores = new long[ranked];
        for (int i = 0; i < ranked; i++) {
            insert(order, scores, i, strategy.score(order[i], health, tokens));
        }
        return List.of(order);
    }

    /** Moves an entry before those of a larger score; those of the same stay before it. */
    private static void insert(Candidate[] order, long[] scores, int from, long score) {
        Candidate candidate = order[from];
        int to = from;
        while (to > 0 && scores[to - 1] > score) {
            order[to] = order[to - 1];
            scores[to] = scores[to - 1];
            to--;
        }
        order[to] = candidate;
        scores[to] = score;
    }
}
