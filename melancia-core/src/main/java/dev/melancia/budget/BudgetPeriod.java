package dev.melancia.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * How long a budget is for: a calendar hour or day in the zone of the {@link Budgets}.
 *
 * @since 0.1.0
 */
public enum BudgetPeriod {

    /** From one full hour to the next; one in which the clocks are changed may be shorter, never longer. */
    HOUR {
        @Override
        Window windowAt(Instant time, ZoneId zone) {
            ZoneRules rules = zone.getRules();
            long second = time.getEpochSecond();
            int offset = rules.getOffset(time).getTotalSeconds();
            long start = second - Math.floorMod(second + offset, SECONDS_AN_HOUR);
            long end = start + SECONDS_AN_HOUR;
            @Nullable ZoneOffsetTransition last = rules.previousTransition(time.plusNanos(1));
            @Nullable ZoneOffsetTransition next = rules.nextTransition(time);
            return window(
                    last == null ? start : Math.max(start, last.toEpochSecond()),
                    next == null ? end : Math.min(end, next.toEpochSecond()));
        }
    },

    /** From midnight to midnight: 23 or 25 hours when the clocks are changed. */
    DAY {
        @Override
        Window windowAt(Instant time, ZoneId zone) {
            LocalDate day = LocalDate.ofInstant(time, zone);
            LocalDate next = day.plusDays(1);
            if (time.getEpochSecond() >= startOf(next, zone)) {
                day = next; // the clocks went back over midnight: the new day has begun and does not end again
            }
            return window(startOf(day, zone), startOf(day.plusDays(1), zone));
        }
    };

    private static final int SECONDS_AN_HOUR = 3_600;

    /** The window that this moment is in; windows follow each other without gap or overlap. */
    abstract Window windowAt(Instant time, ZoneId zone);

    private static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toEpochSecond();
    }

    private static Window window(long startSecond, long endSecond) {
        return new Window(Math.multiplyExact(startSecond, 1_000L), Math.multiplyExact(endSecond, 1_000L));
    }

    /** Such as {@code hour}. */
    String word() {
        return this == HOUR ? "hour" : "day";
    }
}
