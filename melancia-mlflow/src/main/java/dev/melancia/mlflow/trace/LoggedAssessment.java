package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An assessment as a server keeps it. Immutable; its {@code toString()} shows neither value nor rationale.
 *
 * @param id its id
 * @param name what is assessed
 * @param source who assessed; {@code CODE} for sorts that are not known here
 * @param value feedback or expectation as text; empty when the scorer failed
 * @param rationale why
 * @since 0.1.0
 */
public record LoggedAssessment(
        String id, String name, AssessmentSource source, Optional<String> value, Optional<String> rationale) {

    public LoggedAssessment {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        requireNonNull(value, "value");
        requireNonNull(rationale, "rationale");
    }

    @Override
    public String toString() {
        return "LoggedAssessment[" + id + ", " + name + ", " + source.kind() + "]";
    }
}
