package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.SubjectResult;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Scorer;
import dev.melancia.stats.ProportionEstimate;
import java.util.List;

/**
 * How one subject did: every outcome, and what they come to. Immutable.
 *
 * @since 0.1.0
 */
public final class SubjectReport {

    private final SubjectResult result;
    private final List<ScoreSummary> metrics;

    SubjectReport(SubjectResult result, List<Scorer> scorers) {
        this.result = result;
        this.metrics = scorers.stream()
                .map(scorer -> ScoreSummary.of(scorer, result.outcomes()))
                .toList();
    }

    /** The subject's name. */
    public String name() {
        return result.name();
    }

    /** Where it ran. */
    public Placement placement() {
        return result.placement();
    }

    /** Its outcomes, in the dataset's order and then by repeat. */
    public List<Outcome> outcomes() {
        return result.outcomes();
    }

    /** One summary for each scorer, in the benchmark's order. */
    public List<ScoreSummary> metrics() {
        return metrics;
    }

    /**
     * The summary of one scorer.
     *
     * @throws IllegalArgumentException when no scorer of the benchmark has the name
     */
    public ScoreSummary metric(String scorer) {
        return metrics.stream()
                .filter(metric -> metric.scorer().equals(scorer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scorer \"" + scorer + "\"; there are "
                        + metrics.stream().map(ScoreSummary::scorer).toList()));
    }

    /** Calls that failed, of all. */
    public ProportionEstimate failures() {
        int failed = (int)
                outcomes().stream().filter(outcome -> outcome.reply().isEmpty()).count();
        return new ProportionEstimate(failed, outcomes().size(), BenchmarkReport.LEVEL);
    }

    /** Answers that a token limit cut off. */
    public int cutOff() {
        return (int) outcomes().stream()
                .flatMap(outcome -> outcome.reply().stream())
                .filter(answer -> answer.finish() == Answer.Finish.CUT_OFF)
                .count();
    }

    /** Time of the answered calls. */
    public LatencySummary latency() {
        return LatencySummary.of(outcomes());
    }

    /** Tokens of the prompts. */
    public TokenSummary inputTokens() {
        return TokenSummary.of(outcomes(), TokenCounts::input);
    }

    /** Tokens of the answers. */
    public TokenSummary outputTokens() {
        return TokenSummary.of(outcomes(), TokenCounts::output);
    }

    /** Money. */
    public CostSummary cost() {
        return CostSummary.of(outcomes());
    }
}
