package dev.melancia.analysis;

import dev.melancia.stats.paired.PairedComparison;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** One pair of subjects on one metric, before the correction for many: the test, or why there is none. Immutable. */
record PairTest(Metric metric, @Nullable PairedComparison test, String obstacle) {

    static PairTest of(MetricSummary first, MetricSummary second) {
        PairedValues values = new PairedValues(first.observations(), second.observations());
        if (values.n() == 0) {
            return new PairTest(first.metric(), null, "no question for which both have a value");
        }
        for (MetricSummary summary : new MetricSummary[] {first, second}) {
            if (summary.mean().isEmpty()) {
                return new PairTest(first.metric(), null, summary.noInterval().orElse(""));
            }
        }
        return new PairTest(first.metric(), Estimates.paired(values, first.metric()), "");
    }

    DoubleStream pValues() {
        return test == null ? DoubleStream.empty() : DoubleStream.of(test.pValue());
    }
}
