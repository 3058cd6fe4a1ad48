package dev.melancia.judge;

import static java.util.Objects.requireNonNull;

import dev.melancia.stats.agreement.Kappa;

/**
 * How well a judge agrees with people. Immutable.
 *
 * @param kappa over the items that got a verdict; {@link Kappa#n()}, {@link Kappa#estimate()}, {@link Kappa#interval}
 * @param excluded items without a verdict, at least 0: when they are many, kappa speaks for the easy ones only
 * @since 0.1.0
 */
public record JudgeAgreement(Kappa kappa, int excluded) {

    public JudgeAgreement {
        requireNonNull(kappa, "kappa");
        if (excluded < 0) {
            throw new IllegalArgumentException("excluded must be at least 0, was " + excluded);
        }
    }
}
