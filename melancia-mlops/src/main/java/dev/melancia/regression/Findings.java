package dev.melancia.regression;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that a gate found. Immutable.
 *
 * @since 0.1.0
 */
public final class Findings {

    /** Exit code when everything passes. */
    public static final int OK = 0;

    /** Exit code when a rule is broken. */
    public static final int BROKEN = 1;

    /** Exit code for a program whose arguments or files are wrong; never returned here. */
    public static final int BAD_USAGE = 2;

    /** Exit code when no rule is broken, but one that the evidence leaves open does not pass. */
    public static final int INCONCLUSIVE = 3;

    private final List<Finding> all;

    Findings(List<Finding> all) {
        this.all = List.copyOf(all);
    }

    /** One for each subject and rule, in the order of the subjects. */
    public List<Finding> all() {
        return all;
    }

    /** Those that do not pass. */
    public List<Finding> failures() {
        return all.stream().filter(finding -> !finding.passes()).toList();
    }

    /** Whether everything passes. */
    public boolean passed() {
        return failures().isEmpty();
    }

    /** {@link #OK}, {@link #BROKEN} or {@link #INCONCLUSIVE}. */
    public int exitCode() {
        if (passed()) {
            return OK;
        }
        boolean broken = failures().stream().anyMatch(finding -> finding.outcome() == Finding.Outcome.BROKEN);
        return broken ? BROKEN : INCONCLUSIVE;
    }

    /**
     * For a test: does nothing when everything passes.
     *
     * @throws AssertionError naming every finding that does not pass, one a line
     */
    public void verify() {
        if (!passed()) {
            throw new AssertionError(failures().size() + " of " + all.size() + " findings of the gate do not pass:\n"
                    + lines(failures()));
        }
    }

    private static String lines(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    /** All findings, one a line. */
    @Override
    public String toString() {
        return lines(all);
    }
}
