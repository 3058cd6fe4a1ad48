package dev.melancia.stats.agreement;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Area under the ROC curve: the chance that a right answer scores above a wrong one, ties counting half. Immutable.
 *
 * <p>Standard error of DeLong, DeLong and Clarke-Pearson 1988, <a href="https://doi.org/10.2307/2531595">doi</a>, computed by
 * ranks (Sun and Xu 2014, <a href="https://doi.org/10.1109/LSP.2014.2337313">doi</a>); the interval on the logit scale, so that it stays inside
 * (0, 1): {@code logit(A) ± z SE / (A(1 - A))}. Assumes independent answers: for several answers to one question bootstrap over
 * the questions ({@link AucDifference#bootstrapInterval} does for differences). At least two right and two wrong answers; trustworthy
 * from about twenty of each.
 *
 * @since 0.1.0
 */
public final class Auc {

    private final boolean[] right;
    private final double[] scores;
    private final double[] placements;
    private final int positives;
    private final double estimate;

    private Auc(boolean[] right, double[] scores) {
        this.right = right;
        this.scores = scores;
        positives = count(right);
        placements = placements(right, scores, positives);
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += right[i] ? placements[i] : 0;
        }
        estimate = sum / positives;
    }

    /**
     * The area for labelled scores.
     *
     * @param right the labels, such as which answers are right; copied
     * @param scores in the same order, larger for more likely right; copied
     * @throws IllegalArgumentException if the lengths differ or a score is not finite
     */
    public static Auc of(boolean[] right, double[] scores) {
        Checks.sameLength(right.length, scores.length);
        Checks.finite("scores", scores);
        return new Auc(right.clone(), scores.clone());
    }

    private static int count(boolean[] right) {
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** Of each right answer the share of wrong ones below it, of each wrong one the share of right ones above it. */
    private static double[] placements(boolean[] right, double[] scores, int positives) {
        double[] all = Ranks.of(scores);
        double[] within = ranksWithin(right, scores, positives);
        int negatives = right.length - positives;
        double[] placements = new double[right.length];
        for (int i = 0; i < right.length; i++) {
            double othersBelow = all[i] - within[i];
            placements[i] = right[i] ? othersBelow / negatives : 1 - othersBelow / positives;
        }
        return placements;
    }

    private static double[] ranksWithin(boolean[] right, double[] scores, int positives) {
        double[] ranks = new double[scores.length];
        for (boolean side : new boolean[] {true, false}) {
            double[] own = new double[side ? positives : scores.length - positives];
            int next = 0;
            for (int i = 0; i < scores.length; i++) {
                if (right[i] == side) {
                    own[next++] = scores[i];
                }
            }
            double[] ownRanks = Ranks.of(own);
            next = 0;
            for (int i = 0; i < scores.length; i++) {
                if (right[i] == side) {
                    ranks[i] = ownRanks[next++];
                }
            }
        }
        return ranks;
    }

    /** Right answers. */
    public int positives() {
        return positives;
    }

    /** Wrong answers. */
    public int negatives() {
        return right.length - positives;
    }

    /** In [0, 1], .5 for scores that know nothing; empty without right or without wrong answers. */
    public OptionalDouble estimate() {
        return positives == 0 || negatives() == 0 ? OptionalDouble.empty() : OptionalDouble.of(estimate);
    }

    /** DeLong's; empty below two right or two wrong answers. */
    public OptionalDouble standardError() {
        return Math.min(positives, negatives()) < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(covariance(this)));
    }

    /**
     * The interval, inside (0, 1); empty below two right or two wrong answers, and when the area is 0 or 1.
     *
     * @param level confidence level in (0, 1)
     */
    public Optional<Interval> interval(double level) {
        Checks.level(level);
        OptionalDouble error = standardError();
        if (error.isEmpty() || estimate <= 0 || estimate >= 1) {
            return Optional.empty();
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        double logit = Math.log(estimate / (1 - estimate));
        double half = z * error.getAsDouble() / (estimate * (1 - estimate));
        return Optional.of(new Interval(1 / (1 + Math.exp(half - logit)), 1 / (1 + Math.exp(-half - logit)), level));
    }

    /** DeLong's covariance of two areas of the same answers. */
    double covariance(Auc other) {
        double ofRight = 0;
        double ofWrong = 0;
        for (int i = 0; i < right.length; i++) {
            double product = (placements[i] - estimate) * (other.placements[i] - other.estimate);
            if (right[i]) {
                ofRight += product;
            } else {
                ofWrong += product;
            }
        }
        double m = positives;
        double n = negatives();
        return ofRight / (m - 1) / m + ofWrong / (n - 1) / n;
    }

    /** Shared, never written. */
    boolean[] right() {
        return right;
    }

    /** Shared, never written. */
    double[] scores() {
        return scores;
    }
}
