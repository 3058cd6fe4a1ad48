package dev.melancia.selection;

import dev.melancia.scorer.Question;
import java.util.List;
import java.util.OptionalDouble;

/** Takes the candidate with the best mean. Immutable. */
final class BestCandidate implements Fit {

    private final List<Candidate> candidates;

    BestCandidate(List<Candidate> candidates) {
        this.candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one candidate, was none");
        }
        candidates.forEach(candidates.get(0)::requireSameDirection);
    }

    @Override
    public boolean higherIsBetter() {
        return candidates.get(0).higherIsBetter();
    }

    @Override
    public double low() {
        return candidates.stream().mapToDouble(Candidate::low).min().orElseThrow();
    }

    @Override
    public double high() {
        return candidates.stream().mapToDouble(Candidate::high).max().orElseThrow();
    }

    @Override
    public Fitted on(List<Question> training) {
        double sign = higherIsBetter() ? 1 : -1;
        Candidate best = candidates.get(0);
        double most = Double.NEGATIVE_INFINITY;
        for (Candidate candidate : candidates) {
            OptionalDouble mean = Means.of(training, candidate::value);
            if (mean.isPresent() && sign * mean.getAsDouble() > most) {
                most = sign * mean.getAsDouble();
                best = candidate;
            }
        }
        if (most == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "no candidate has a value on any of the " + training.size() + " training questions");
        }
        return new Chosen(best);
    }

    /** One candidate. */
    private record Chosen(Candidate candidate) implements Fitted {

        @Override
        public String choice() {
            return candidate.name();
        }

        @Override
        public OptionalDouble value(Question question) {
            return candidate.value(question);
        }
    }
}
