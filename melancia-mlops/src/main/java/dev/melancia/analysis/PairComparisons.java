package dev.melancia.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Every pair of subjects on every metric, with one correction over all of them. */
final class PairComparisons {

    private final List<SubjectReport> subjects;
    private final List<Metric> metrics;

    PairComparisons(List<SubjectReport> subjects, List<Metric> metrics) {
        this.subjects = subjects;
        this.metrics = metrics.stream()
                .filter(metric -> metric.kind() != Metric.Kind.FACT)
                .toList();
    }

    List<PairComparison> all() {
        List<Tested> tests = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            for (int j = i + 1; j < subjects.size(); j++) {
                for (Metric metric : metrics) {
                    tests.add(Tested.of(metric, subjects.get(i), subjects.get(j)));
                }
            }
        }
        return pairs(tests, adjusted(tests));
    }

    /** Comparisons without a p-value made no claim, and do not count. */
    private static List<OptionalDouble> adjusted(List<Tested> tests) {
        double[] adjusted = Estimates.adjust(tests.stream()
                .flatMapToDouble(test -> test.figure.pValue().stream())
                .toArray());
        List<OptionalDouble> all = new ArrayList<>();
        int next = 0;
        for (Tested test : tests) {
            all.add(test.figure.pValue().isPresent() ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty());
        }
        return all;
    }

    private List<PairComparison> pairs(List<Tested> tests, List<OptionalDouble> adjusted) {
        List<PairComparison> pairs = new ArrayList<>();
        for (int start = 0; start < tests.size(); start += metrics.size()) {
            List<MetricComparison> compared = new ArrayList<>();
            for (int i = start; i < start + metrics.size(); i++) {
                compared.add(tests.get(i).with(adjusted.get(i)));
            }
            pairs.add(new PairComparison(tests.get(start).first, tests.get(start).second, compared));
        }
        return List.copyOf(pairs);
    }

    /** One pair on one metric, before the correction. */
    private record Tested(String first, String second, Metric metric, PairedValues values, PairFigure figure) {

        static Tested of(Metric metric, SubjectReport first, SubjectReport second) {
            MetricSummary one = first.metric(metric.name());
            MetricSummary other = second.metric(metric.name());
            PairedValues values = new PairedValues(one.observations(), other.observations());
            return new Tested(first.name(), second.name(), metric, values, figure(one, other, values));
        }

        private static PairFigure figure(MetricSummary first, MetricSummary second, PairedValues values) {
            if (values.n() == 0) {
                return PairFigure.none("no question for which both have a value");
            }
            for (MetricSummary summary : List.of(first, second)) {
                if (summary.mean().isEmpty()) {
                    return PairFigure.none(summary.noInterval().orElse(""));
                }
            }
            return Estimates.difference(values);
        }

        MetricComparison with(OptionalDouble adjusted) {
            return new MetricComparison(metric, values, figure, adjusted);
        }
    }
}
