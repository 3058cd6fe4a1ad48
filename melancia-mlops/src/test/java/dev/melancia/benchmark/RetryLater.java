package dev.melancia.benchmark;

import dev.melancia.provider.RetryAfter;
import java.time.Duration;

/** A server's "429, come back later". */
final class RetryLater extends RuntimeException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    RetryLater(long seconds) {
        super("429");
        this.pause = Duration.ofSeconds(seconds);
    }

    @Override
    public Duration retryAfter() {
        return pause;
    }
}
