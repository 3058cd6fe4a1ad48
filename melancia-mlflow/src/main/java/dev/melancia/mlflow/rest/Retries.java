package dev.melancia.mlflow.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes a request again while the failure is one that time may mend, until the number of tries or the time for all of them is
 * used up. Immutable.
 */
final class Retries {

    private final int most;
    private final MlflowSettings settings;
    private final LongSupplier nanoTime;

    private Retries(int most, MlflowSettings settings, LongSupplier nanoTime) {
        this.most = most;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    static Retries of(MlflowSettings settings, LongSupplier nanoTime) {
        return new Retries(settings.retries(), settings, nanoTime);
    }

    static Retries none(MlflowSettings settings, LongSupplier nanoTime) {
        return new Retries(0, settings, nanoTime);
    }

    /**
     * Makes the request.
     *
     * @param limit for one try
     * @param request takes how long this try may last
     */
    <T> T run(Duration limit, Function<Duration, T> request) {
        long start = nanoTime.getAsLong();
        Duration total = limit.compareTo(settings.totalTimeout()) > 0 ? limit : settings.totalTimeout();
        Backoff backoff = Backoff.of(settings, new SplittableRandom());
        for (int failures = 0; ; failures++) {
            Duration left = total.minusNanos(nanoTime.getAsLong() - start);
            try {
                return request.apply(failures > 0 && left.compareTo(limit) < 0 ? left : limit);
            } catch (MlflowException failure) {
                Duration pause = backoff.next(asked(failure));
                Duration rest = total.minusNanos(nanoTime.getAsLong() - start);
                if (failures >= most
                        || failure.kind() != MlflowException.Kind.LATER
                        || pause.compareTo(rest) >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private Optional<Duration> asked(MlflowException failure) {
        return settings.respectsRetryAfter() ? failure.retryAfter() : Optional.empty();
    }
}
