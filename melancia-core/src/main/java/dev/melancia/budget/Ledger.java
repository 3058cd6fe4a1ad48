package dev.melancia.budget;

import dev.melancia.cost.Cost;
import org.jspecify.annotations.Nullable;

/** What was spent and reserved of one budget in one window, in pico-dollars. Guarded by the lock of the budgets. */
final class Ledger {

    final BudgetPeriod period;
    private final long limit;
    private @Nullable Window window;
    private long known;
    private long estimated;
    private long reserved;

    /** Reservations of this window that are not settled; one of nothing counts too, since it may cost something. */
    private int live;

    Ledger(BudgetPeriod period, long limit) {
        this.period = period;
        this.limit = limit;
    }

    void turnTo(Window current) {
        if (!current.equals(window)) {
            window = current;
            known = 0;
            estimated = 0;
            reserved = 0;
            live = 0;
        }
    }

    boolean hasRoomFor(long pico) {
        return pico <= limit - sum(sum(known, estimated), reserved);
    }

    void reserve(long pico) {
        reserved = sum(reserved, pico);
        live++;
    }

    /**
     * A reservation ends; of a window that is over, it changes nothing.
     *
     * @param cost what it came to; null when no call was made
     */
    void end(Window made, long pico, @Nullable Cost cost) {
        if (!made.equals(window)) {
            return;
        }
        reserved -= pico;
        live--;
        if (cost == null) {
            return;
        }
        switch (cost.kind()) {
            case KNOWN -> known = sum(known, cost.picoUsd());
            case ESTIMATED -> estimated = sum(estimated, cost.picoUsd());
            case UNKNOWN -> estimated = sum(estimated, pico);
        }
    }

    boolean isBlankIn(Window current) {
        return !current.equals(window) || (live == 0 && known == 0 && estimated == 0);
    }

    BudgetStatus status(BudgetScope scope, @Nullable String tenant) {
        long end = window == null ? Long.MIN_VALUE : window.endMillis();
        return new BudgetStatus(
                scope, tenant, period, new BudgetStatus.Amounts(limit, known, estimated, reserved), end);
    }

    /** What no window holds, more than nine million dollars, stays at the most there is. */
    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
