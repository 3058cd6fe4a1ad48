package dev.melancia.mlflow.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Doubling pauses of which a share is random, at least what the server asks for. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class Backoff {

    private static final double HALF = 0.5;

    private final Duration first;
    private final Duration greatest;
    private final double jitter;
    private final RandomGenerator random;
    private int failures;

    /**
     * Pauses that begin with {@code first}, half of each of them random.
     *
     * @param first above 0
     * @param greatest above 0
     */
    public Backoff(Duration first, Duration greatest, RandomGenerator random) {
        this(first, greatest, HALF, random);
    }

    private Backoff(Duration first, Duration greatest, double jitter, RandomGenerator random) {
        this.first = first;
        this.greatest = greatest;
        this.jitter = jitter;
        this.random = random;
    }

    /** Pauses as the settings say. */
    public static Backoff of(MlflowSettings settings, RandomGenerator random) {
        return new Backoff(settings.firstBackoff(), settings.greatestBackoff(), settings.jitter(), random);
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
        int doublings = Math.min(failures, 16);
        failures++;
        // Shifted the other way round, as the double of a long pause may not fit into 64 bits.
        boolean longer = first.toNanos() > greatest.toNanos() >> doublings;
        long bounded = longer ? greatest.toNanos() : first.toNanos() << doublings;
        long varied = (long) (bounded * jitter);
        long jittered = bounded - varied + random.nextLong(varied + 1);
        return Duration.ofNanos(Math.max(jittered, asked.orElse(Duration.ZERO).toNanos()));
    }
}
