package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a second model is asked beside one that is slow to answer; whichever answers first is taken, the other is left, and
 * what it cost is counted. It shortens the slowest answers for a few more calls, and is off unless asked for, since those
 * calls cost money. Nothing is asked twice without limits on calls, once a piece of a stream came, or when no other
 * candidate may take the call. Immutable.
 *
 * @see <a href="https://doi.org/10.1145/2408776.2408794">Dean and Barroso: The Tail at Scale, 2013</a>
 * @since 0.1.0
 */
public final class HedgeSettings {

    private static final HedgeSettings NONE = new HedgeSettings(null, .95, Duration.ZERO, 0);

    private final @Nullable Duration fixed;
    private final double quantile;
    private final Duration least;
    private final double share;

    private HedgeSettings(@Nullable Duration fixed, double quantile, Duration least, double share) {
        this.fixed = fixed;
        this.quantile = quantile;
        this.least = least;
        this.share = share;
    }

    /** A call never asks two models at once. */
    public static HedgeSettings none() {
        return NONE;
    }

    /**
     * After the time within which 95 % of the model's latest answers (of streams: first pieces) came, at least 50 ms, for
     * at most 5 % of the calls. A model that answered fewer than 50 times lately is not hedged.
     */
    public static HedgeSettings adaptive() {
        return new HedgeSettings(null, .95, Duration.ofMillis(50), .05);
    }

    /** After a time that does not change, positive, for at most 5 % of the calls. */
    public static HedgeSettings after(Duration delay) {
        if (requireNonNull(delay, "delay").isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("hedge delay must be positive, was " + delay);
        }
        return new HedgeSettings(delay, .95, Duration.ZERO, .05);
    }

    /**
     * These settings with another quantile of latency to wait for.
     *
     * @param quantile in (0, 1)
     * @throws IllegalStateException when these are not adaptive
     */
    public HedgeSettings quantile(double quantile) {
        requireAdaptive("quantile");
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile must be in (0, 1), was " + quantile);
        }
        return new HedgeSettings(fixed, quantile, least, share);
    }

    /**
     * These settings with another shortest delay of adaptive hedging.
     *
     * @param delay at least 0
     * @throws IllegalStateException when these are not adaptive
     */
    public HedgeSettings atLeast(Duration delay) {
        requireAdaptive("atLeast");
        if (requireNonNull(delay, "delay").isNegative()) {
            throw new IllegalArgumentException("shortest hedge delay must be at least 0, was " + delay);
        }
        return new HedgeSettings(fixed, quantile, delay, share);
    }

    /**
     * These settings with another budget.
     *
     * @param share of the calls that may ask two models, in [0, 1]; ten more may at any time, but 0 allows none
     * @throws IllegalStateException when these are {@link #none()} and the share is not 0
     */
    public HedgeSettings share(double share) {
        if (this == NONE && share != 0) {
            throw new IllegalStateException(
                    "HedgeSettings.none() says no delay; begin with adaptive() or after(delay), then set share "
                            + share);
        }
        return new HedgeSettings(fixed, quantile, least, ShareBudget.requireShare(share));
    }

    private void requireAdaptive(String setting) {
        if (this == NONE || fixed != null) {
            throw new IllegalStateException(setting + " belongs to adaptive hedging, this is " + this
                    + "; begin with HedgeSettings.adaptive()");
        }
    }

    boolean isNone() {
        return share == 0;
    }

    double share() {
        return share;
    }

    /** How long to wait for a model, by its latest latencies; {@link Latencies#UNKNOWN} when nobody can tell. */
    long delayNanos(Latencies latencies, long nowNanos) {
        if (fixed != null) {
            return CallLimits.nanos(fixed);
        }
        long usual = latencies.quantileNanos(quantile, nowNanos);
        return usual == Latencies.UNKNOWN ? usual : Math.max(usual, CallLimits.nanos(least));
    }

    @Override
    public String toString() {
        String when = fixed == null ? "quantile " + quantile + ", at least " + least : fixed.toString();
        return isNone() ? "HedgeSettings[none]" : "HedgeSettings[after " + when + ", share=" + share + "]";
    }
}
