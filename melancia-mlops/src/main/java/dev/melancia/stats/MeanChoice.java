package dev.melancia.stats;

import dev.melancia.stats.MeanInterval.Method;
import java.util.Locale;

/**
 * Which interval holds for these values, and why. The limits come from the coverage study (docs/statistics.md).
 *
 * @param method what to calculate
 * @param why reason for the method, or what is missing
 * @param caution why the interval may not hold or is so wide; empty when there is nothing to say
 */
record MeanChoice(Method method, String why, String caution) {

    static final int LEAST_VALUES = 20;
    static final int LEAST_CLUSTERS = 6;
    static final int LEAST_UNBOUNDED = 30;
    static final int LEAST_TOTALS = 15;
    static final int LEAST_DIFFERING = 10;

    private static final double A_GREAT_MANY = 1e5;

    /** Below this share of the squared scale a variance is rounding. */
    private static final double ROUNDING = 1e-20;

    static MeanChoice of(Measurements measurements, ClusterMean mean) {
        if (measurements.size() == 0) {
            return none("no values");
        }
        return measurements.bounded() ? bounded(measurements, mean) : unbounded(measurements, mean);
    }

    private static MeanChoice bounded(Measurements measurements, ClusterMean mean) {
        if (measurements.yesNo() && !measurements.clustered()) {
            return sure(Method.WILSON, "independent values, all at the ends of the scale");
        }
        Ties ties = Ties.of(measurements);
        if (ties.differing() == 0) {
            return sure(Method.ALL_EQUAL, "all values equal");
        }
        if (measurements.size() < LEAST_VALUES) {
            return largestSpread(measurements.size() + " values", LEAST_VALUES);
        }
        double range = measurements.high() - measurements.low();
        if (mean.count() < LEAST_CLUSTERS || mean.variance() < ROUNDING * range * range) {
            return largestSpread(mean.count() + " clusters", LEAST_CLUSTERS);
        }
        return sure(Method.SCORE, measurements.clustered() ? "bounded scale, clusters" : "bounded scale");
    }

    private static MeanChoice largestSpread(String have, int least) {
        String why = "n too small to know the spread: " + have + ", at least " + least + " that differ needed";
        return new MeanChoice(Method.LARGEST_SPREAD, why, why + "; the interval allows for any");
    }

    private static MeanChoice unbounded(Measurements measurements, ClusterMean mean) {
        int least = measurements.clustered() ? LEAST_TOTALS : LEAST_UNBOUNDED;
        String units = measurements.clustered() ? "clusters" : "values";
        if (mean.count() < least) {
            return tooSmall(mean.count() + " " + units + " without bounds, at least " + least + " needed");
        }
        int differing = Ties.of(measurements).differing();
        if (differing == 0) {
            return none("all values equal");
        }
        if (differing < LEAST_DIFFERING) {
            return tooSmall(differing + " " + units + " unlike the commonest, at least " + LEAST_DIFFERING + " needed");
        }
        if (mean.variance() == 0) {
            return none("no spread between clusters");
        }
        String why = "no bounds" + (measurements.clustered() ? ", clusters" : "");
        double skewness = mean.skewnessOfDeciles().orElse(0);
        double needed = Math.ceil(skewness * skewness);
        if (mean.count() >= needed) {
            return sure(Method.SKEW_CORRECTED_T, why);
        }
        String wanted = needed > A_GREAT_MANY ? "a great many" : String.format(Locale.ROOT, "about %.0f", needed);
        return new MeanChoice(
                Method.SKEW_CORRECTED_T,
                why,
                "n too small: " + mean.count() + " " + units + " for so skewed a spread, " + wanted
                        + " needed; the interval may be too narrow, prefer the median");
    }

    private static MeanChoice sure(Method method, String why) {
        return new MeanChoice(method, why, "");
    }

    private static MeanChoice tooSmall(String what) {
        return none("n too small: " + what);
    }

    private static MeanChoice none(String why) {
        return new MeanChoice(Method.NONE, why, why);
    }
}
