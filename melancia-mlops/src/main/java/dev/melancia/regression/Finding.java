package dev.melancia.regression;

import static java.util.Objects.requireNonNull;

/**
 * What a gate's rule found of one subject. Immutable.
 *
 * @param subject its name
 * @param rule the rule in words, such as {@code quality no worse by more than 0.02}
 * @param outcome what the evidence says
 * @param passes whether the gate lets it pass; for an inconclusive outcome that is the gate's policy
 * @param evidence the figures, with n and interval
 * @since 0.1.0
 */
public record Finding(String subject, String rule, Outcome outcome, boolean passes, String evidence) {

    /** What the evidence says of a rule. */
    public enum Outcome {
        /** The rule holds, and the interval leaves nothing else open. */
        HELD,
        /** The rule is broken, and that is more than chance. */
        BROKEN,
        /** The evidence leaves it open, mostly for want of questions. */
        INCONCLUSIVE
    }

    public Finding {
        requireNonNull(subject, "subject");
        requireNonNull(rule, "rule");
        requireNonNull(outcome, "outcome");
        requireNonNull(evidence, "evidence");
    }

    /** One line. */
    @Override
    public String toString() {
        String mark = passes ? "ok  " : "FAIL";
        String open = outcome == Outcome.INCONCLUSIVE ? " (inconclusive)" : "";
        return mark + " " + subject + ": " + rule + open + ": " + evidence;
    }
}
