package dev.melancia.provider;

import java.time.Duration;

/**
 * Implemented by an error of a model whose server said how long to wait before it is asked again, as with HTTP's
 * {@code Retry-After}. It stands anywhere in the cause chain of what the model throws. A provider that does not know must
 * not implement it with a guess: the router has its own pauses for that. Implementations are immutable.
 *
 * @since 0.1.0
 */
public interface RetryAfter {

    /** How long to wait from the moment the error arrived; zero or more, zero when the server said now. */
    Duration retryAfter();
}
