package dev.melancia.budget;

import java.time.Instant;
import java.time.ZoneId;

/** The hour and the day under way. Time does not run backwards here. Guarded by the lock of the budgets. */
final class Windows {

    private static final Window NONE_YET = new Window(Long.MIN_VALUE, Long.MIN_VALUE);

    private final ZoneId zone;
    private Window hour = NONE_YET;
    private Window day = NONE_YET;

    Windows(ZoneId zone) {
        this.zone = zone;
    }

    /** A moment before the windows under way belongs to them: threads read their clock before they come here. */
    void advanceTo(long epochMillis) {
        if (epochMillis >= hour.endMillis()) {
            hour = BudgetPeriod.HOUR.windowAt(Instant.ofEpochMilli(epochMillis), zone);
        }
        if (epochMillis >= day.endMillis()) {
            day = BudgetPeriod.DAY.windowAt(Instant.ofEpochMilli(epochMillis), zone);
        }
    }

    Window hour() {
        return hour;
    }

    Window day() {
        return day;
    }

    Window current(BudgetPeriod period) {
        return period == BudgetPeriod.HOUR ? hour : day;
    }
}
