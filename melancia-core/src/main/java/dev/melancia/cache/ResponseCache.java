package dev.melancia.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps complete answers. Implement it to share answers between processes; within one, {@link #caffeine()} does.
 *
 * <p>Implementations must be thread-safe, and answer within milliseconds: they are asked on the caller's thread, outside
 * the router's limits, so one that goes over a network needs a time-out of its own. What they throw never reaches a call:
 * it is logged once, and the call goes on as if nothing had been kept. One call per key is the router's work, not theirs.
 *
 * <p>Give one cache to several routers only when the same {@code ModelId} is the same model with the same settings in each
 * of them: what a delegate was built with (a temperature, a system prompt) is no part of the key.
 *
 * @since 0.1.0
 */
public interface ResponseCache {

    /** 64 MiB. */
    long DEFAULT_MAX_BYTES = 64L * 1024 * 1024;

    /** One hour. */
    Duration DEFAULT_TIME_TO_LIVE = Duration.ofHours(1);

    /** The answer kept for this key; empty when there is none, or no longer. */
    Optional<CachedAnswer> get(CacheKey key);

    /** Keeps an answer, in place of the one before. */
    void put(CacheKey key, CachedAnswer answer);

    /** A cache in this process of {@link #DEFAULT_MAX_BYTES} and {@link #DEFAULT_TIME_TO_LIVE}. */
    static ResponseCache caffeine() {
        return caffeine(DEFAULT_MAX_BYTES, DEFAULT_TIME_TO_LIVE);
    }

    /**
     * A cache in this process. It holds no thread and needs no closing.
     *
     * @param maxBytes about how much it may hold, at least 1: one byte for each character of request and answer, and a fixed
     *     512 for the rest of an entry. Beyond it, what is asked for least goes first; an answer larger than all of it is
     *     not kept
     * @param timeToLive how long an answer is given after it was kept, positive
     * @throws IllegalArgumentException when either is out of range
     */
    static ResponseCache caffeine(long maxBytes, Duration timeToLive) {
        return new CaffeineResponseCache(maxBytes, timeToLive, null);
    }
}
