package dev.melancia.mlflow.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Doubling pauses with jitter, at least what the server asks for. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class Backoff {

    private final Duration first;
    private final Duration greatest;
    private final RandomGenerator random;
    private int failures;

    /**
     * Pauses that begin with {@code first}.
     *
     * @param first above 0
     * @param greatest above 0
     */
    public Backoff(Duration first, Duration greatest, RandomGenerator random) {
        this.first = first;
        this.greatest = greatest;
        this.random = random;
    }

    /** Begins anew. */
    public void reset() {
        failures = 0;
    }

    /**
     * The next pause.
     *
     * @param asked what the server asks for
     */
    public Duration next(Optional<Duration> asked) {
        long doubled = first.toNanos() << Math.min(failures, 16);
        failures++;
        long bounded = Math.min(doubled, greatest.toNanos());
        long jittered = bounded / 2 + random.nextLong(bounded / 2 + 1);
        return Duration.ofNanos(Math.max(jittered, asked.orElse(Duration.ZERO).toNanos()));
    }
}
