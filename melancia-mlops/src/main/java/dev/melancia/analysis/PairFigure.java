package dev.melancia.analysis;

import dev.melancia.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a paired test said, before the correction for many. Immutable. */
record PairFigure(
        OptionalDouble difference,
        Optional<Interval> interval,
        OptionalDouble pValue,
        OptionalDouble effectSize,
        OptionalDouble detectable,
        String method,
        String reason) {

    static PairFigure none(String reason) {
        return new PairFigure(
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                reason);
    }
}
