package dev.melancia.analysis;

import dev.melancia.stats.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Pairs of subjects on every metric that both have, with one correction over all of them. */
final class PairComparisons {

    private final List<Pair> pairs;

    private PairComparisons(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /** Each subject with those after it. */
    static List<PairComparison> all(List<SubjectReport> subjects) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            for (int j = i + 1; j < subjects.size(); j++) {
                pairs.add(Pair.of(subjects.get(i), subjects.get(j)));
            }
        }
        return new PairComparisons(pairs).corrected();
    }

    /** Each subject with the one at the same place. */
    static List<PairComparison> between(List<SubjectReport> firsts, List<SubjectReport> seconds) {
        if (firsts.size() != seconds.size()) {
            throw new IllegalArgumentException("there must be as many first subjects as second ones, were "
                    + firsts.size() + " and " + seconds.size());
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < firsts.size(); i++) {
            pairs.add(Pair.of(firsts.get(i), seconds.get(i)));
        }
        return new PairComparisons(pairs).corrected();
    }

    /** Comparisons without a test made no claim, and do not count. */
    private List<PairComparison> corrected() {
        double[] adjusted = Holm.adjust(pairs.stream()
                .flatMap(pair -> pair.tests.stream())
                .flatMapToDouble(PairTest::pValues)
                .toArray());
        List<PairComparison> comparisons = new ArrayList<>();
        int next = 0;
        for (Pair pair : pairs) {
            List<MetricComparison> metrics = new ArrayList<>();
            for (PairTest test : pair.tests) {
                OptionalDouble p = test.test() == null ? OptionalDouble.empty() : OptionalDouble.of(adjusted[next++]);
                metrics.add(new MetricComparison(test, p, adjusted.length));
            }
            comparisons.add(new PairComparison(pair.first, pair.second, metrics));
        }
        return List.copyOf(comparisons);
    }

    /** Two subjects and the tests of them. */
    private record Pair(String first, String second, List<PairTest> tests) {

        static Pair of(SubjectReport first, SubjectReport second) {
            List<PairTest> tests = new ArrayList<>();
            for (MetricSummary summary : first.metrics()) {
                boolean compared = summary.metric().kind() != Metric.Kind.FACT;
                second.metrics().stream()
                        .filter(other -> compared && other.metric().isSameAs(summary.metric()))
                        .forEach(other -> tests.add(PairTest.of(summary, other)));
            }
            return new Pair(first.name(), second.name(), tests);
        }
    }
}
