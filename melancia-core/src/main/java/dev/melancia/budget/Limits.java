package dev.melancia.budget;

import java.util.EnumMap;
import java.util.Map;

/**
 * The limits of one account, in pico-dollars, by period. Immutable.
 *
 * @param picoUsd none for a period without limit
 */
record Limits(Map<BudgetPeriod, Long> picoUsd) {

    static final Limits NONE = new Limits(Map.of());

    Limits {
        picoUsd = Map.copyOf(picoUsd);
    }

    Limits with(BudgetPeriod period, long pico) {
        Map<BudgetPeriod, Long> more = new EnumMap<>(BudgetPeriod.class);
        more.putAll(picoUsd);
        more.put(period, pico);
        return new Limits(more);
    }

    /** These where they say something, else the others. */
    Limits orElse(Limits others) {
        Limits both = others;
        for (Map.Entry<BudgetPeriod, Long> limit : picoUsd.entrySet()) {
            both = both.with(limit.getKey(), limit.getValue());
        }
        return both;
    }

    boolean isNone() {
        return picoUsd.isEmpty();
    }

    /** The last period to end, when all that it limits is over. */
    BudgetPeriod longest() {
        return picoUsd.containsKey(BudgetPeriod.DAY) ? BudgetPeriod.DAY : BudgetPeriod.HOUR;
    }

    Ledger[] ledgers() {
        return picoUsd.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(limit -> new Ledger(limit.getKey(), limit.getValue()))
                .toArray(Ledger[]::new);
    }
}
