package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What came of one subject in a run. Immutable.
 *
 * @param name the subject's name
 * @param placement where it ran
 * @param outcomes every question's outcome, in the dataset's order and then by repeat; a question that a run did not get to
 *     (a budget was spent) has none
 * @param warmUps outcomes of the calls before the record began; the loading of a local model is seen here
 * @since 0.1.0
 */
public record SubjectResult(String name, Placement placement, List<Outcome> outcomes, List<Outcome> warmUps) {

    public SubjectResult {
        requireNonNull(name, "name");
        requireNonNull(placement, "placement");
        outcomes = List.copyOf(outcomes);
        warmUps = List.copyOf(warmUps);
    }
}
