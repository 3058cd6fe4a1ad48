package dev.melancia.stats.paired;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Two subjects that passed or failed the same questions: only the questions on which they differ say which is better.
 * Immutable.
 *
 * <p>If neither is better, the questions that only one passed fall to either like coins: {@code p = 2 P(X <= min(b, c))}, X
 * binomial with b + c trials and chance 1/2 (exact, never above its level; no p below .05 is possible with fewer than 6 such
 * questions). It is the sign-flip test of the differences. Assumes independent questions: with clusters use {@link
 * PairedComparison}. Sources: McNemar 1947, <a href="https://doi.org/10.1007/BF02295996">doi</a>; mid-p: Fagerland, Lydersen
 * and Laake 2013, <a href="https://doi.org/10.1186/1471-2288-13-91">doi</a>; odds ratio: the conditional estimate b/c with
 * the interval of Clopper and Pearson 1934, <a href="https://doi.org/10.1093/biomet/26.4.404">doi</a>, for b of b + c.
 *
 * @param onlyFirst b, questions that only the first subject passed, at least 0
 * @param onlySecond c, questions that only the second subject passed, at least 0
 * @param n all questions, at least b + c
 * @since 0.1.0
 */
public record McNemar(int onlyFirst, int onlySecond, int n) {

    public McNemar {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException("counts must not be negative, were " + onlyFirst + " and " + onlySecond);
        }
        if ((long) onlyFirst + onlySecond > n) {
            throw new IllegalArgumentException(
                    "n must be at least onlyFirst + onlySecond, was " + n + " for " + onlyFirst + " and " + onlySecond);
        }
    }

    /** The exact two-sided p-value, in (0, 1]; 1 when the subjects never differ. */
    public double pValue() {
        return Math.min(1, 2 * tail(Math.min(onlyFirst, onlySecond)));
    }

    /**
     * The mid-p value, {@code p - P(X = min(b, c))}: less conservative, and may be slightly too small. For reading beside
     * {@link RateDifference#paired}, not for a gate.
     */
    public double midP() {
        int trials = onlyFirst + onlySecond;
        int fewer = Math.min(onlyFirst, onlySecond);
        if (onlyFirst == onlySecond) {
            return 1;
        }
        return 2 * tail(fewer) - BinomialDistribution.of(trials, 0.5).probability(fewer);
    }

    private double tail(int count) {
        return BinomialDistribution.of(onlyFirst + onlySecond, 0.5).cumulativeProbability(count);
    }

    /** Odds b/c that a question on which they differ falls to the first subject; infinite for c = 0; empty for b + c = 0. */
    public OptionalDouble oddsRatio() {
        return onlyFirst + onlySecond == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) onlyFirst / onlySecond);
    }

    /**
     * The exact interval of the odds ratio, in [0, infinity]; empty for b + c = 0.
     *
     * @param level confidence level in (0, 1)
     */
    public Optional<Interval> oddsRatioInterval(double level) {
        if (onlyFirst + onlySecond == 0) {
            return Optional.empty();
        }
        double tail = (1 - level) / 2;
        double low = onlyFirst == 0
                ? 0
                : BetaDistribution.of(onlyFirst, onlySecond + 1.0).inverseCumulativeProbability(tail);
        double high = onlySecond == 0
                ? 1
                : BetaDistribution.of(onlyFirst + 1.0, onlySecond).inverseSurvivalProbability(tail);
        return Optional.of(new Interval(low / (1 - low), high / (1 - high), level));
    }
}
