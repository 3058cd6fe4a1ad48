package dev.melancia.analysis;

import dev.melancia.stats.Holm;
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
        List<List<PairTest>> tests = new ArrayList<>();
        List<SubjectReport[]> pairs = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            for (int j = i + 1; j < subjects.size(); j++) {
                SubjectReport[] pair = {subjects.get(i), subjects.get(j)};
                pairs.add(pair);
                tests.add(metrics.stream().map(metric -> test(pair, metric)).toList());
            }
        }
        return corrected(pairs, tests);
    }

    private static PairTest test(SubjectReport[] pair, Metric metric) {
        return PairTest.of(pair[0].metric(metric.name()), pair[1].metric(metric.name()));
    }

    /** Comparisons without a test made no claim, and do not count. */
    private static List<PairComparison> corrected(List<SubjectReport[]> pairs, List<List<PairTest>> tests) {
        double[] adjusted = Holm.adjust(tests.stream()
                .flatMap(List::stream)
                .flatMapToDouble(PairTest::pValues)
                .toArray());
        List<PairComparison> comparisons = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < pairs.size(); i++) {
            List<MetricComparison> metrics = new ArrayList<>();
            for (PairTest test : tests.get(i)) {
                OptionalDouble p = test.test() == null ? OptionalDouble.empty() : OptionalDouble.of(adjusted[next++]);
                metrics.add(new MetricComparison(test, p, adjusted.length));
            }
            comparisons.add(new PairComparison(pairs.get(i)[0].name(), pairs.get(i)[1].name(), metrics));
        }
        return List.copyOf(comparisons);
    }
}
