package dev.melancia.judge;

import static java.util.Objects.requireNonNull;

/**
 * What a judge grades an answer by, from 1 (worst) to 5 (best), and what it is shown beside question and answer. Immutable.
 *
 * @since 0.1.0
 */
public final class Rubric {

    private final String name;
    private final String criteria;
    private final boolean reference;
    private final boolean context;

    private Rubric(String name, String criteria, boolean reference, boolean context) {
        this.name = notBlank(name, "name");
        this.criteria = notBlank(criteria, "criteria");
        this.reference = reference;
        this.context = context;
    }

    /**
     * A rubric that shows question and answer only.
     *
     * @param name column header in a report, such as {@code politeness}
     * @param criteria what a good answer is, in the judge's language; say what 1, 3 and 5 mean
     * @throws IllegalArgumentException when either is blank
     */
    public static Rubric of(String name, String criteria) {
        return new Rubric(name, criteria, false, false);
    }

    /** The same, and the judge sees the question's references. */
    public Rubric withReference() {
        return new Rubric(name, criteria, true, context);
    }

    /** The same, and the judge sees the question's context and the passages the subject was shown. */
    public Rubric withContext() {
        return new Rubric(name, criteria, reference, true);
    }

    /** Column header in a report. */
    public String name() {
        return name;
    }

    /** What a good answer is. */
    public String criteria() {
        return criteria;
    }

    /** Whether the judge sees the references. */
    public boolean showsReference() {
        return reference;
    }

    /** Whether the judge sees context and passages. */
    public boolean showsContext() {
        return context;
    }

    private static String notBlank(String value, String what) {
        if (requireNonNull(value, what).isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }

    /** The name. */
    @Override
    public String toString() {
        return "Rubric[" + name + "]";
    }
}
