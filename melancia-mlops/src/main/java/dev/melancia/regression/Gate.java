package dev.melancia.regression;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.SubjectReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that a run must keep for a build to go on. Each rule looks at the interval, not at the mean alone: it holds, is
 * broken, or the evidence leaves it open, which is what {@link Inconclusive} decides. Immutable.
 *
 * <p>Limits are checked at 95 % each, so many of them on many subjects are now and then broken by chance; rules against an
 * earlier run call a loss proven only after the Holm correction of the regression report.
 *
 * @since 0.1.0
 */
public final class Gate {

    /** What becomes of a rule that the evidence leaves open. */
    public enum Inconclusive {
        /** It passes when the mean keeps the rule; without a mean it does not. */
        BY_ESTIMATE,
        /** It passes. */
        PASS,
        /** It does not pass: what cannot be shown does not count. */
        FAIL
    }

    private final List<Rule> rules;
    private final List<String> subjects;
    private final Inconclusive policy;

    private Gate(Builder builder) {
        rules = List.copyOf(builder.rules);
        subjects = List.copyOf(builder.subjects);
        policy = builder.policy;
    }

    /** Starts a gate. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks a run alone.
     *
     * @throws IllegalArgumentException when a rule compares with an earlier run, or names a metric or subject that is not there
     */
    public Findings check(BenchmarkReport report) {
        for (Rule rule : rules) {
            if (rule.needsEarlierRun()) {
                throw new IllegalArgumentException("rule \"" + rule.words()
                        + "\" compares with an earlier run; call check(RegressionReport.of(earlier, now))");
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (SubjectReport subject : report.subjects()) {
            if (isChecked(subject.name())) {
                rules.forEach(rule -> findings.add(rule.check(subject).finding(subject.name(), rule.words(), policy)));
            }
        }
        return findings(findings, report);
    }

    /**
     * Checks a run against an earlier one. Limits look at all subjects and questions of this run, comparisons at the subjects
     * and questions that are the same in both runs.
     *
     * @throws IllegalArgumentException when a rule names a metric or subject that is not there
     */
    public Findings check(RegressionReport report) {
        List<Finding> findings = new ArrayList<>();
        for (SubjectReport subject : report.now().subjects()) {
            String name = subject.name();
            for (Rule rule : isChecked(name) ? rules : List.<Rule>of()) {
                if (!rule.needsEarlierRun()) {
                    findings.add(rule.check(subject).finding(name, rule.words(), policy));
                } else if (!report.onlyNow().contains(name)) {
                    findings.add(rule.check(report.subject(name)).finding(name, rule.words(), policy));
                }
            }
        }
        return findings(findings, report.now());
    }

    private boolean isChecked(String subject) {
        return subjects.isEmpty() || subjects.contains(subject);
    }

    private Findings findings(List<Finding> findings, BenchmarkReport report) {
        List<String> present =
                report.subjects().stream().map(SubjectReport::name).toList();
        if (!present.containsAll(subjects)) {
            throw new IllegalArgumentException("the gate is for subjects " + subjects + "; there are " + present);
        }
        return new Findings(findings);
    }

    /** Builds a {@link Gate}. Confined to one thread. */
    public static final class Builder {

        private final List<Rule> rules = new ArrayList<>();
        private final List<String> subjects = new ArrayList<>();
        private Inconclusive policy = Inconclusive.BY_ESTIMATE;

        private Builder() {}

        /**
         * The subject is not worse than in the earlier run by more than a margin. Holds when the interval of the paired difference
         * leaves out a larger loss, and when no question's value became worse; broken when the loss is proven and the mean loss is
         * larger. Calls that failed have no value: state a rule for failures too.
         *
         * @param metric name of a scorer or a figure of operation
         * @param margin in the metric's unit, at least 0
         */
        public Builder noWorse(String metric, double margin) {
            return add(new NoWorse(requireNonNull(metric, "metric"), margin));
        }

        /**
         * No single question became worse than in the earlier run by more than an amount; for datasets in which every question
         * must go on being right, with answers that do not change by chance.
         */
        public Builder noQuestionWorse(String metric, double byMoreThan) {
            return add(new NoQuestionWorse(requireNonNull(metric, "metric"), byMoreThan));
        }

        /** No question fails that was answered in the earlier run. */
        public Builder noNewFailure() {
            return add(new NoNewFailure());
        }

        /** The mean of a metric, such as a scorer's name, is at least this. */
        public Builder atLeast(String metric, double limit) {
            return add(Limit.mean(requireNonNull(metric, "metric"), limit, true));
        }

        /** The mean of a metric is at most this. */
        public Builder atMost(String metric, double limit) {
            return add(Limit.mean(requireNonNull(metric, "metric"), limit, false));
        }

        /** Share of failed calls, in [0, 1]. */
        public Builder failureRateAtMost(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("failure rate must be in [0, 1], was " + share);
            }
            return add(
                    new Limit("failure rate at most " + share, share, false, Limit.mean(SubjectReport::failureRate)));
        }

        /** Mean cost of an answered call; open while the cost of one is unknown. */
        public Builder costPerCallAtMost(BigDecimal usd) {
            String words = "cost of a call at most " + usd.toPlainString() + " USD";
            return add(new Limit(words, usd.doubleValue(), false, Limit.mean(SubjectReport::costPerCall)));
        }

        /** The 95th percentile of the time of answered calls; open below 59 independent calls. */
        public Builder latencyP95AtMost(Duration limit) {
            return add(Limit.latency("latency p95", limit, summary -> summary.p95()));
        }

        /** The median time of answered calls. */
        public Builder latencyMedianAtMost(Duration limit) {
            return add(Limit.latency("latency median", limit, summary -> summary.median()));
        }

        /** Checks this subject, and others named so; default all. */
        public Builder subject(String name) {
            subjects.add(requireNonNull(name, "name"));
            return this;
        }

        /** What becomes of a rule that the evidence leaves open; default {@link Inconclusive#BY_ESTIMATE}. */
        public Builder whenInconclusive(Inconclusive policy) {
            this.policy = requireNonNull(policy, "policy");
            return this;
        }

        private Builder add(Rule rule) {
            rules.add(rule);
            return this;
        }

        /**
         * The gate.
         *
         * @throws IllegalStateException without a rule
         */
        public Gate build() {
            if (rules.isEmpty()) {
                throw new IllegalStateException("a gate needs a rule, such as noWorse(\"token F1\", 0.02)");
            }
            return new Gate(this);
        }
    }
}
