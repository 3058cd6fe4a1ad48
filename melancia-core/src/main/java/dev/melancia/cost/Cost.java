package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a call cost, in US dollars: known (counted tokens and a price), estimated (a bound, or guessed tokens), or
 * unknown. Unknown is not zero: a sum with an unknown part is unknown. Held in whole pico-dollars (10<sup>-12</sup> USD),
 * so that sums are exact; the largest amount is 9,223,372.036854775807 USD. Immutable.
 *
 * @param kind how far the amount can be trusted
 * @param picoUsd the amount in 10<sup>-12</sup> USD, at least 0; 0 when unknown
 * @since 0.1.0
 */
public record Cost(Kind kind, long picoUsd) {

    /** How far an amount can be trusted, best first. */
    public enum Kind {
        /** From counted tokens and a stated price. */
        KNOWN,
        /**
         * From guessed tokens, or from counted ones of which a part with a price of its own was not counted: then the
         * amount is an upper bound ({@link TokenPrice#costOf(TokenCounts)}).
         */
        ESTIMATED,
        /** No price, or no token counts. */
        UNKNOWN
    }

    private static final int PICO_SCALE = 12;
    private static final Cost ZERO = new Cost(Kind.KNOWN, 0);
    private static final Cost NOT_KNOWN = new Cost(Kind.UNKNOWN, 0);

    public Cost {
        requireNonNull(kind, "kind");
        if (picoUsd < 0 || (kind == Kind.UNKNOWN && picoUsd != 0)) {
            throw new IllegalArgumentException(
                    "picoUsd must be at least 0, and 0 when unknown, was " + picoUsd + " (" + kind + ")");
        }
    }

    /** Known to be nothing, as for a local model. */
    public static Cost zero() {
        return ZERO;
    }

    /** No amount can be stated. */
    public static Cost unknown() {
        return NOT_KNOWN;
    }

    /** A known amount in 10<sup>-12</sup> USD, at least 0. */
    public static Cost knownPicoUsd(long picoUsd) {
        return picoUsd == 0 ? ZERO : new Cost(Kind.KNOWN, picoUsd);
    }

    /** An estimated amount in 10<sup>-12</sup> USD, at least 0; an estimate of nothing stays an estimate. */
    public static Cost estimatedPicoUsd(long picoUsd) {
        return new Cost(Kind.ESTIMATED, picoUsd);
    }

    /** The amount in US dollars; empty when unknown. */
    public Optional<BigDecimal> usd() {
        return kind == Kind.UNKNOWN ? Optional.empty() : Optional.of(BigDecimal.valueOf(picoUsd, PICO_SCALE));
    }

    /**
     * The exact sum; as trustworthy as the weaker of the two.
     *
     * @throws ArithmeticException when the sum is beyond the largest amount
     */
    public Cost plus(Cost other) {
        if (kind == Kind.UNKNOWN || other.kind == Kind.UNKNOWN) {
            return NOT_KNOWN;
        }
        Kind weaker = kind.compareTo(other.kind) >= 0 ? kind : other.kind;
        long sum = picoUsd + other.picoUsd;
        if (sum < 0) {
            throw new ArithmeticException("the sum of " + this + " and " + other + " must be at most "
                    + knownPicoUsd(Long.MAX_VALUE) + "; add amounts of that size as BigDecimal, see usd()");
        }
        return new Cost(weaker, sum);
    }

    /** Such as {@code 0.000207 USD}, {@code ~0.0004 USD} (estimated) or {@code unknown}. */
    @Override
    public String toString() {
        return usd().map(usd -> (kind == Kind.ESTIMATED ? "~" : "") + plain(usd) + " USD")
                .orElse("unknown");
    }

    private static String plain(BigDecimal usd) {
        return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
    }
}
