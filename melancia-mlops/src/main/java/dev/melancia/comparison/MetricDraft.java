package dev.melancia.comparison;

import dev.melancia.comparison.ComparedMetric.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A metric before its tests are corrected for the number of all tests of the report.
 *
 * @param tests each run with those after it
 */
record MetricDraft(
        String key, MetricDirections.Better better, Kind kind, List<MetricValue> values, List<SampleTest> tests) {

    DoubleStream pValues() {
        return tests.stream().filter(test -> test.test() != RunPair.Test.NONE).mapToDouble(SampleTest::p);
    }

    /** The metric, with its part of the adjusted p-values in the order of {@link #pValues}. */
    ComparedMetric corrected(double[] adjusted) {
        List<RunPair> pairs = new ArrayList<>();
        int next = 0;
        int place = 0;
        for (int i = 0; i < values.size() && !tests.isEmpty(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                SampleTest test = tests.get(place++);
                double p = test.test() == RunPair.Test.NONE ? Double.NaN : adjusted[next++];
                pairs.add(test.corrected(i, j, p));
            }
        }
        return new ComparedMetric(key, better, kind, values, pairs, BestRun.of(this, pairs));
    }
}
