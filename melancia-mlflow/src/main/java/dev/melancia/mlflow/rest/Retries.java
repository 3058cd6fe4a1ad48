package dev.melancia.mlflow.rest;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Makes a request again while the failure is one that time may mend. Immutable. */
final class Retries {

    static final Retries NONE = new Retries(0, Duration.ofMillis(1), Duration.ofMillis(1));

    private final int most;
    private final Duration first;
    private final Duration greatest;

    private Retries(int most, Duration first, Duration greatest) {
        this.most = most;
        this.first = first;
        this.greatest = greatest;
    }

    static Retries of(MlflowSettings settings) {
        return new Retries(4, settings.firstBackoff(), settings.greatestBackoff());
    }

    <T> T run(Supplier<T> request) {
        Backoff backoff = new Backoff(first, greatest, new SplittableRandom());
        for (int failures = 0; ; failures++) {
            try {
                return request.get();
            } catch (MlflowException failure) {
                if (failures >= most
                        || failure.kind() != MlflowException.Kind.LATER
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                LockSupport.parkNanos(backoff.next(failure.retryAfter()).toNanos());
            }
        }
    }
}
