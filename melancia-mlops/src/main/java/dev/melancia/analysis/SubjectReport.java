package dev.melancia.analysis;

import dev.melancia.benchmark.Outcome;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.SubjectResult;
import dev.melancia.cost.Traffic;
import dev.melancia.scorer.Answer;
import dev.melancia.stats.ProportionEstimate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How one subject did: every outcome, and what they come to. Immutable.
 *
 * @since 0.1.0
 */
public final class SubjectReport {

    private final SubjectResult result;
    private final List<MetricSummary> metrics;

    SubjectReport(SubjectResult result, List<Metric> metrics) {
        this.result = result;
        this.metrics = metrics.stream().map(this::summary).toList();
    }

    private MetricSummary summary(Metric metric) {
        // Loading happens before the record begins, if all goes well: it is told of the warm-up too.
        List<Outcome> outcomes = metric.is(Operation.LOAD)
                ? Stream.concat(result.warmUps().stream(), result.outcomes().stream())
                        .toList()
                : result.outcomes();
        return new MetricSummary(metric, Observations.of(metric, outcomes));
    }

    /** The same subject as if it had been asked only these questions, by their ids, under a name. */
    public SubjectReport only(Set<String> questionIds, String name) {
        List<Outcome> kept = result.outcomes().stream()
                .filter(outcome -> questionIds.contains(outcome.question().id()))
                .toList();
        return new SubjectReport(
                new SubjectResult(name, placement(), kept, result.warmUps()),
                metrics.stream().map(MetricSummary::metric).toList());
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

    /** One summary for each of {@link BenchmarkReport#metrics()}, in their order. */
    public List<MetricSummary> metrics() {
        return metrics;
    }

    /** The summaries of one kind of metric, in order. */
    public List<MetricSummary> metrics(Metric.Kind kind) {
        return metrics.stream().filter(metric -> metric.metric().kind() == kind).toList();
    }

    /**
     * The summary of one metric.
     *
     * @throws IllegalArgumentException when no metric of the report has the name
     */
    public MetricSummary metric(String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric \"" + name + "\"; there are "
                        + metrics.stream().map(MetricSummary::name).toList()));
    }

    /** Seconds of the answered calls. */
    public MetricSummary latency() {
        return metric(Operation.LATENCY);
    }

    /** Share of the calls that failed. */
    public MetricSummary failureRate() {
        return metric(Operation.FAILURE);
    }

    /** US dollars of an answered call. */
    public MetricSummary costPerCall() {
        return metric(Operation.COST);
    }

    MetricSummary metric(Operation operation) {
        return metrics.stream()
                .filter(metric -> metric.metric().is(operation))
                .findFirst()
                .orElseThrow();
    }

    /** Calls that failed, of all, repeats counted apart; the interval of the metric {@code failure rate} minds them. */
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

    /** Money of the answered calls, exactly. */
    public CostSummary cost() {
        return CostSummary.of(outcomes());
    }

    /**
     * What a month would cost with this subject as the paid one and the rest of the calls on a server of one's own; empty
     * while the cost of one answered call is unknown. 1 is all paid, 0 all on the server.
     *
     * @param callsPerDay at least 0; a month has 30 days
     * @param paidShare of the calls that go to this subject, in [0, 1]
     * @param serverUsdPerMonth of the server; not paid for where it answers nothing
     */
    public Optional<ProjectedCost> projectedCost(long callsPerDay, double paidShare, BigDecimal serverUsdPerMonth) {
        return ProjectedCost.of(this, new ProjectedCost.Plan(callsPerDay, paidShare, serverUsdPerMonth));
    }

    /**
     * So many calls a day with the mean tokens of this subject's answered calls, to be priced with {@link
     * dev.melancia.cost.CostProjection}; empty while the tokens of one are unknown.
     */
    public Optional<Traffic> traffic(long callsPerDay) {
        MetricSummary input = metric(Operation.INPUT_TOKENS);
        MetricSummary output = metric(Operation.OUTPUT_TOKENS);
        if (input.n() == 0 || output.n() == 0 || input.notApplicable() > 0 || output.notApplicable() > 0) {
            return Optional.empty();
        }
        return Optional.of(new Traffic(
                callsPerDay,
                Math.round(input.mean().orElseThrow()),
                Math.round(output.mean().orElseThrow())));
    }

    /** Name and sizes. */
    @Override
    public String toString() {
        return "SubjectReport[" + name() + ", " + outcomes().size() + " outcomes]";
    }
}
