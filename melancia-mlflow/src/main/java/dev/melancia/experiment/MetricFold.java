package dev.melancia.experiment;

import dev.melancia.mlflow.event.MetricPoint;
import java.util.DoubleSummaryStatistics;

/** Summarises one metric while its points are read; constant memory. Confined to the store's lock. */
final class MetricFold {

    private final DoubleSummaryStatistics values = new DoubleSummaryStatistics();
    private long nanCount;
    private MetricPoint last;

    MetricFold(MetricPoint first) {
        last = first;
    }

    void add(MetricPoint point) {
        if (Double.isNaN(point.value())) {
            nanCount++;
        } else {
            values.accept(point.value());
        }
        if (point.step() > last.step()
                || (point.step() == last.step() && !point.at().isBefore(last.at()))) {
            last = point;
        }
    }

    /** One more than the greatest step. */
    long nextStep() {
        return after(last.step());
    }

    static long after(long step) {
        return step == Long.MAX_VALUE ? step : step + 1;
    }

    MetricSummary summary() {
        long count = values.getCount();
        return count == 0
                ? new MetricSummary(0, nanCount, last.value(), Double.NaN, Double.NaN, Double.NaN)
                : new MetricSummary(
                        count, nanCount, last.value(), values.getMin(), values.getMax(), values.getAverage());
    }
}
