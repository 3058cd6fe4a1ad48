package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How one question was asked. Immutable.
 *
 * @param repeat which repeat of the question, from 0
 * @param attempts calls made for it, at least 1; more when the subject's server asked to come back later
 * @param startedAt when the last call began
 * @param latencyNanos time from the last call to its answer or failure, at least 0: without queueing, without earlier
 *     attempts and their pauses, and without the loading of the model where the server reported that
 * @since 0.1.0
 */
public record CallFacts(int repeat, int attempts, Instant startedAt, long latencyNanos) {

    public CallFacts {
        requireNonNull(startedAt, "startedAt");
        if (repeat < 0 || attempts < 1 || latencyNanos < 0) {
            throw new IllegalArgumentException(
                    "repeat and latencyNanos must be at least 0 and attempts at least 1, were " + repeat + ", "
                            + latencyNanos + " and " + attempts);
        }
    }
}
