package dev.melancia.stats;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How an estimate prints itself. */
final class MeanText {

    private MeanText() {}

    static String of(OptionalDouble value, Optional<Interval> interval, String noInterval, String count) {
        if (value.isEmpty()) {
            return "unknown, " + count;
        }
        String range = interval.map(i -> String.format(Locale.ROOT, "[%.2f, %.2f]", i.low(), i.high()))
                .orElse("(" + noInterval + ")");
        return String.format(Locale.ROOT, "%.2f %s, %s", value.getAsDouble(), range, count);
    }
}
