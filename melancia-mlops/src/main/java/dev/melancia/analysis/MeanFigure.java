package dev.melancia.analysis;

import dev.melancia.stats.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A mean with its interval and how that was made, or why there is none. Immutable. */
record MeanFigure(OptionalDouble mean, Optional<Interval> interval, String method, String reason) {

    static MeanFigure none(String reason) {
        return new MeanFigure(OptionalDouble.empty(), Optional.empty(), "", reason);
    }

    @Override
    public String toString() {
        String value = mean.isPresent() ? String.format(Locale.ROOT, "%.4g", mean.getAsDouble()) : "unknown";
        return value
                + interval.map(found -> String.format(Locale.ROOT, " [%.4g, %.4g]", found.low(), found.high()))
                        .orElse(" (" + reason + ")");
    }
}
