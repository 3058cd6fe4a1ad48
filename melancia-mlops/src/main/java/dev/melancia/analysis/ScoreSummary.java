package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import dev.melancia.stats.Interval;
import dev.melancia.stats.MeanEstimate;
import dev.melancia.stats.ProportionEstimate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One scorer's values for one subject. The interval is a t interval of the mean, or a Wilson interval where the scale is
 * yes/no. Failed calls are not in it: read it beside the failure rate. Immutable.
 *
 * @since 0.1.0
 */
public final class ScoreSummary {

    private final Scorer scorer;
    private final double[] values;
    private final MeanEstimate mean;
    private final int notApplicable;
    private final int failed;

    private ScoreSummary(Scorer scorer, List<Score> scores) {
        this.scorer = scorer;
        values = scores.stream()
                .map(Score::value)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        mean = MeanEstimate.of(values, BenchmarkReport.LEVEL);
        failed = (int) scores.stream().filter(Score.Failed.class::isInstance).count();
        notApplicable = scores.size() - values.length - failed;
    }

    static ScoreSummary of(Scorer scorer, List<Outcome> outcomes) {
        return new ScoreSummary(
                scorer,
                outcomes.stream()
                        .filter(outcome -> outcome.reply().isPresent())
                        .map(outcome -> outcome.score(scorer.name()))
                        .toList());
    }

    /** Name of the {@link Scorer}. */
    public String scorer() {
        return scorer.name();
    }

    /** Answers with a value, at least 0. */
    public int n() {
        return values.length;
    }

    /** The mean on the scorer's scale; empty when n is 0. */
    public OptionalDouble mean() {
        return mean.mean();
    }

    /** Its 95 % interval, cut to the scorer's scale; empty when {@link #noInterval()} says why. */
    public Optional<Interval> interval() {
        return isRate() ? rate().interval() : mean.interval().map(this::cutToScale);
    }

    /** The mean of values on a scale lies on the scale: cutting takes nothing from the coverage. */
    private Interval cutToScale(Interval interval) {
        double low = Math.max(interval.low(), scorer.scale().low());
        double high = Math.min(interval.high(), scorer.scale().high());
        return new Interval(low, high, interval.level());
    }

    /** Why there is no interval; empty when there is one. */
    public Optional<String> noInterval() {
        return isRate() ? Optional.empty() : mean.noInterval();
    }

    /** The median; empty below three values. */
    public OptionalDouble median() {
        return OrderStatistics.median(values);
    }

    /** Answers that the scorer had nothing to say of. */
    public int notApplicable() {
        return notApplicable;
    }

    /** Answers on which the scorer broke. */
    public int failed() {
        return failed;
    }

    private boolean isRate() {
        return scorer.scale().yesNo() && values.length > 0;
    }

    private ProportionEstimate rate() {
        int successes = 0;
        for (double value : values) {
            successes += value == 1 ? 1 : 0;
        }
        return new ProportionEstimate(successes, values.length, BenchmarkReport.LEVEL);
    }
}
