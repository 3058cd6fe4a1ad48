package dev.melancia.regression;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.SubjectReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    private static final Judgement NEW = Judgement.open(
            false,
            "the earlier run has no such subject; run it there too, take a later run to compare with, or name the subjects"
                    + " of the gate");
    private static final Judgement GONE = Judgement.open(
            false,
            "only the earlier run has this subject; run it again, give what replaces it its name, or name the subjects of"
                    + " the gate");

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
        mustBeAmong(names(report));
        List<Finding> findings = new ArrayList<>();
        for (SubjectReport subject : report.subjects()) {
            if (isChecked(subject.name())) {
                rules.forEach(rule -> findings.add(rule.check(subject).finding(subject.name(), rule.words(), policy)));
            }
        }
        return new Findings(findings);
    }

    /**
     * Checks a run against an earlier one. Limits look at all subjects and questions of this run, comparisons at the subjects
     * and questions that are the same in both runs. A comparison of a subject that only one of the runs has is inconclusive,
     * and passes only under {@link Inconclusive#PASS}; so is any rule of a named subject that only the earlier run has.
     *
     * @throws IllegalArgumentException when a rule names a metric that is not there, or the gate a subject that is in neither run
     */
    public Findings check(RegressionReport report) {
        List<String> present = Stream.concat(names(report.now()).stream(), report.onlyEarlier().stream())
                .toList();
        mustBeAmong(present);
        List<Finding> findings = new ArrayList<>();
        for (String name : present) {
            for (Rule rule : isChecked(name) ? rules : List.<Rule>of()) {
                judge(rule, name, report)
                        .ifPresent(judgement -> findings.add(judgement.finding(name, rule.words(), policy)));
            }
        }
        return new Findings(findings);
    }

    /** Empty for the limits of a subject that is gone and that the gate does not name. */
    private Optional<Judgement> judge(Rule rule, String name, RegressionReport report) {
        if (report.onlyEarlier().contains(name)) {
            return rule.needsEarlierRun() || subjects.contains(name) ? Optional.of(GONE) : Optional.empty();
        }
        if (!rule.needsEarlierRun()) {
            return Optional.of(rule.check(report.now().subject(name)));
        }
        return Optional.of(report.onlyNow().contains(name) ? NEW : rule.check(report.subject(name)));
    }

    private boolean isChecked(String subject) {
        return subjects.isEmpty() || subjects.contains(subject);
    }

    private static List<String> names(BenchmarkReport report) {
        return report.subjects().stream().map(SubjectReport::name).toList();
    }

    private void mustBeAmong(List<String> present) {
        if (!present.containsAll(subjects)) {
            throw new IllegalArgumentException("the gate is for subjects " + subjects + "; there are " + present);
        }
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
