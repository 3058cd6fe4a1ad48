package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The prices of one model through time, to be kept and asked on every call: asking allocates nothing. Immutable.
 *
 * @since 0.1.0
 */
public final class PriceSchedule {

    private static final PriceSchedule NONE = new PriceSchedule(List.of());

    /** Ordered by beginning, without overlap. */
    private final Period[] periods;

    private PriceSchedule(List<Period> periods) {
        this.periods = periods.toArray(Period[]::new);
    }

    /** From one moment, in milliseconds since 1970-01-01T00:00Z, to another that is no longer part of it. */
    private record Period(long from, long until, Optional<TokenPrice> price) {}

    /** No price at any time. */
    public static PriceSchedule none() {
        return NONE;
    }

    /** One price at all times. */
    public static PriceSchedule always(TokenPrice price) {
        return new PriceSchedule(
                List.of(new Period(Long.MIN_VALUE, Long.MAX_VALUE, Optional.of(requireNonNull(price, "price")))));
    }

    /** Of prices in order, without overlap. */
    static PriceSchedule of(List<DatedPrice> prices) {
        return new PriceSchedule(prices.stream()
                .map(dated -> new Period(dated.fromEpochMillis(), dated.untilEpochMillis(), Optional.of(dated.price())))
                .toList());
    }

    /**
     * The price at a moment; empty when none is known for it.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00Z
     */
    public Optional<TokenPrice> at(long epochMillis) {
        for (Period period : periods) {
            if (epochMillis >= period.from && epochMillis < period.until) {
                return period.price;
            }
        }
        return Optional.empty();
    }

    /**
     * When the next price begins, or one ends, after a moment; empty when nothing changes any more.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00Z; a change at this very moment is past
     */
    public OptionalLong nextChange(long epochMillis) {
        for (Period period : periods) {
            if (period.from > epochMillis) {
                return OptionalLong.of(period.from);
            }
            if (period.until > epochMillis && period.until != Long.MAX_VALUE) {
                return OptionalLong.of(period.until);
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public String toString() {
        return "PriceSchedule" + List.of(periods);
    }
}
