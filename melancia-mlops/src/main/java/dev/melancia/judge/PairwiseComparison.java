package dev.melancia.judge;

import dev.melancia.judge.JudgedPair.Position;
import dev.melancia.judge.JudgedPair.Winner;
import dev.melancia.stats.MeanInterval;
import dev.melancia.stats.Measurements;
import dev.melancia.stats.agreement.Correlation;
import java.util.ArrayList;
import java.util.List;

/**
 * Two subjects compared by a judge, each pair of answers in both orders. A pair that is not judged alike in both orders is a
 * tie, a pair without two verdicts is excluded and counted. Immutable.
 *
 * @since 0.1.0
 */
public final class PairwiseComparison {

    private static final double LEVEL = 0.95;

    private final List<JudgedPair> pairs;
    private final List<JudgedPair> valid;

    private PairwiseComparison(List<JudgedPair> pairs) {
        this.pairs = List.copyOf(pairs);
        valid = pairs.stream().filter(pair -> pair.winner() != Winner.EXCLUDED).toList();
    }

    static PairwiseComparison of(List<JudgedPair> pairs) {
        return new PairwiseComparison(pairs);
    }

    /** Every pair, in the first subject's order. */
    public List<JudgedPair> pairs() {
        return pairs;
    }

    /** Pairs that the first subject won in both orders. */
    public long wins() {
        return count(Winner.FIRST);
    }

    /** Pairs that the second subject won in both orders. */
    public long losses() {
        return count(Winner.SECOND);
    }

    /** Pairs without a winner, inconsistent ones included. */
    public long ties() {
        return count(Winner.TIE);
    }

    /** Pairs judged differently in the two orders, among the ties. */
    public long inconsistent() {
        return valid.stream().filter(pair -> !pair.isConsistent()).count();
    }

    /** Pairs without two verdicts. */
    public long excluded() {
        return count(Winner.EXCLUDED);
    }

    private long count(Winner winner) {
        return pairs.stream().filter(pair -> pair.winner() == winner).count();
    }

    /**
     * The first subject's wins plus half its ties, over all valid pairs, with a 95 % interval clustered by the questions'
     * groups; .5 is no difference.
     */
    public MeanInterval winRate() {
        return MeanInterval.of(
                Measurements.of(valid.stream()
                                .mapToDouble(PairwiseComparison::share)
                                .toArray())
                        .within(0, 1)
                        .clusteredBy(valid.stream().map(JudgedPair::group).toList()),
                LEVEL);
    }

    /**
     * Position bias: of the single verdicts of valid pairs that named a winner, the share won by the answer shown first,
     * with a 95 % interval clustered by the questions' groups. Each answer was shown first once, so an unbiased judge has .5.
     */
    public MeanInterval firstShownWins() {
        List<Double> values = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (JudgedPair pair : valid) {
            for (Position position : List.of(pair.straight(), pair.reversed())) {
                if (position != Position.TIE) {
                    values.add(position == Position.FIRST_SHOWN ? 1.0 : 0.0);
                    groups.add(pair.group());
                }
            }
        }
        return MeanInterval.of(
                Measurements.of(values.stream().mapToDouble(Double::doubleValue).toArray())
                        .within(0, 1)
                        .clusteredBy(groups),
                LEVEL);
    }

    /**
     * Spearman's correlation of winning (1, .5, 0) with being longer, in characters: near 1 the longer answer wins. Longer answers
     * may be better; a high value is a reason to look, no proof of a bias. Its interval takes the pairs for independent.
     */
    public Correlation lengthCorrelation() {
        return Correlation.spearman(
                valid.stream().mapToDouble(JudgedPair::longerBy).toArray(),
                valid.stream().mapToDouble(PairwiseComparison::share).toArray());
    }

    private static double share(JudgedPair pair) {
        return switch (pair.winner()) {
            case FIRST -> 1;
            case SECOND -> 0;
            default -> 0.5;
        };
    }

    /** Figures only, such as {@code 12 won, 5 lost, 3 tied (2 inconsistent), 0 excluded}. */
    @Override
    public String toString() {
        return wins() + " won, " + losses() + " lost, " + ties() + " tied (" + inconsistent() + " inconsistent), "
                + excluded() + " excluded";
    }
}
