package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

/**
 * Who assessed a trace. Immutable.
 *
 * @param kind what sort of judge
 * @param id which one, 1 to 250 characters: a scorer's name, a judge's model, a key of a user
 * @since 0.1.0
 */
public record AssessmentSource(Kind kind, String id) {

    /**
     * Sorts of judges, in MLflow's terms.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** A program. */
        CODE,
        /** A person. */
        HUMAN,
        /** A model that judges. */
        LLM_JUDGE
    }

    public AssessmentSource {
        requireNonNull(kind, "kind");
        id = Rules.name("source id", id);
    }

    /** A program, such as a scorer. */
    public static AssessmentSource code(String id) {
        return new AssessmentSource(Kind.CODE, id);
    }

    /** A person. */
    public static AssessmentSource human(String id) {
        return new AssessmentSource(Kind.HUMAN, id);
    }

    /** A model that judges. */
    public static AssessmentSource judge(String id) {
        return new AssessmentSource(Kind.LLM_JUDGE, id);
    }
}
