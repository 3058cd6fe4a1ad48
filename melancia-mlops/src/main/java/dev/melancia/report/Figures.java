package dev.melancia.report;

import dev.melancia.analysis.CostSummary;
import dev.melancia.analysis.MetricSummary;
import dev.melancia.analysis.Quantile;
import dev.melancia.cost.Cost;
import dev.melancia.stats.Interval;
import dev.melancia.stats.ProportionEstimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as people read them, the same in every locale; what is not known says so. */
final class Figures {

    static final String UNKNOWN = "unknown";
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final double NANOS_PER_SECOND = 1e9;

    private Figures() {}

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String decimal(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : UNKNOWN;
    }

    static String interval(Interval interval) {
        return "[" + decimal(interval.low()) + ", " + decimal(interval.high()) + "]";
    }

    /** Mean, interval, n: {@code 0.47 [0.40, 0.54] n=60}. */
    static String metric(MetricSummary metric) {
        if (metric.n() == 0) {
            return "n/a";
        }
        return decimal(metric.mean()) + " " + metricInterval(metric) + " n=" + metric.n() + scorerFailures(metric);
    }

    static String metricInterval(MetricSummary metric) {
        return metric.interval()
                .map(Figures::interval)
                .orElse("(" + metric.noInterval().orElse("") + ")");
    }

    private static String scorerFailures(MetricSummary metric) {
        return metric.failed() == 0 ? "" : ", scorer failed on " + metric.failed();
    }

    /** Rate, interval, count: {@code 5.0 % [1.7, 13.7] 3 of 60}. */
    static String rate(ProportionEstimate rate) {
        Optional<Interval> interval = rate.interval();
        if (interval.isEmpty()) {
            return UNKNOWN;
        }
        return String.format(
                Locale.ROOT,
                "%.1f %% [%.1f, %.1f] %d of %d",
                100 * rate.rate().orElseThrow(),
                100 * interval.get().low(),
                100 * interval.get().high(),
                rate.successes(),
                rate.n());
    }

    /** A time in the unit that suits it, or why it is missing. */
    static String time(Quantile seconds) {
        return seconds.value().isEmpty()
                ? seconds.reason()
                : time(seconds.value().getAsDouble());
    }

    static String nanos(long nanos) {
        return time(nanos / NANOS_PER_SECOND);
    }

    static String time(double seconds) {
        if (seconds >= 1) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        return seconds >= 1e-3
                ? String.format(Locale.ROOT, "%.0f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.0f µs", seconds * 1e6);
    }

    /** Mean a call, and how many are known where not all are. */
    static String tokens(MetricSummary tokens) {
        if (tokens.mean().isEmpty()) {
            return UNKNOWN;
        }
        String mean = String.format(Locale.ROOT, "%.0f", tokens.mean().getAsDouble());
        return mean + known(tokens.values(), tokens.values() + tokens.notApplicable());
    }

    static String costPerCall(CostSummary cost) {
        return cost.usdPerKnownCall()
                .map(usd -> (isEstimated(cost) ? "~" : "") + usd(usd) + known(cost.known(), cost.calls()))
                .orElse(UNKNOWN);
    }

    static String totalCost(CostSummary cost) {
        if (cost.known() == cost.calls() || cost.known() == 0) {
            return cost.total().toString();
        }
        return UNKNOWN + " (" + cost.sumOfKnown() + " for " + cost.known() + " of " + cost.calls() + ")";
    }

    private static boolean isEstimated(CostSummary cost) {
        return cost.sumOfKnown().kind() == Cost.Kind.ESTIMATED;
    }

    private static String usd(BigDecimal usd) {
        return usd.signum() == 0
                ? "0 USD"
                : usd.round(THREE_DIGITS).stripTrailingZeros().toPlainString() + " USD";
    }

    private static String known(int known, int calls) {
        return known == calls ? "" : " (known " + known + " of " + calls + ")";
    }
}
