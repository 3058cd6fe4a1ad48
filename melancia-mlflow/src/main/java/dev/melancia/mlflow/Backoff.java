package dev.melancia.mlflow;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Doubling pauses with jitter, at least what the server asks for. Confined to one thread. */
final class Backoff {

    private final Duration first;
    private final Duration greatest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration greatest, RandomGenerator random) {
        this.first = first;
        this.greatest = greatest;
        this.random = random;
    }

    void reset() {
        failures = 0;
    }

    Duration next(Optional<Duration> asked) {
        long doubled = first.toNanos() << Math.min(failures, 16);
        failures++;
        long bounded = Math.min(doubled, greatest.toNanos());
        long jittered = bounded / 2 + random.nextLong(bounded / 2 + 1);
        return Duration.ofNanos(Math.max(jittered, asked.orElse(Duration.ZERO).toNanos()));
    }
}
