package dev.melancia.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A resolved target: candidates in the order they are tried, and what the target was called. */
final class Plan {

    final String label;
    final List<Candidate> candidates;
    private final int missingSomewhere;

    private Plan(String label, List<Candidate> candidates) {
        this.label = label;
        this.candidates = List.copyOf(candidates);
        int missing = 0;
        for (Candidate candidate : candidates) {
            missing |= candidate.missing(~0);
        }
        this.missingSomewhere = missing;
    }

    static Plan of(Target target, List<Candidate> all, boolean fallback) {
        Set<Candidate> order = new LinkedHashSet<>(target.resolve(all));
        if (fallback) {
            order.addAll(all);
        }
        return new Plan(target.toString(), new ArrayList<>(order));
    }

    static Plan forced(Candidate candidate) {
        return new Plan(candidate.id().toString(), List.of(candidate));
    }

    static Plan nothing(String label) {
        return new Plan(label, List.of());
    }

    /** Whether every candidate can do what is needed: the usual case, decided without a look at each. */
    boolean allCan(int needed) {
        return (needed & missingSomewhere) == 0;
    }
}
