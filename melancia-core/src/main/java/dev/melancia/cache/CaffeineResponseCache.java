package dev.melancia.cache;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers in this process, bounded by weight and time. Thread-safe. */
final class CaffeineResponseCache implements ResponseCache {

    /** Nodes of the map and the objects around the text: about what langchain4j's messages and metadata take. */
    private static final long ENTRY_BYTES = 512;

    private final Cache<CacheKey, CachedAnswer> answers;

    /** With a ticker for tests; null is Caffeine's own. */
    CaffeineResponseCache(long maxBytes, Duration timeToLive, @Nullable Ticker ticker) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException(
                    "maxBytes must be at least 1, was " + maxBytes + "; leave the cache out to have none");
        }
        if (requireNonNull(timeToLive, "timeToLive").isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "timeToLive must be positive, was " + timeToLive + "; leave the cache out to have none");
        }
        Caffeine<CacheKey, CachedAnswer> builder = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(CaffeineResponseCache::weight)
                .expireAfterWrite(timeToLive)
                .executor(Runnable::run); // its upkeep is short: no thread of the common pool is borrowed for it
        this.answers = (ticker == null ? builder : builder.ticker(ticker)).build();
    }

    /** The key weighs too, since it holds the request; as text, which is what both mostly are, images included. */
    private static int weight(CacheKey key, CachedAnswer answer) {
        long characters = (long) key.request().toString().length()
                + answer.response().toString().length();
        return (int) Math.min(Integer.MAX_VALUE, ENTRY_BYTES + characters);
    }

    @Override
    public Optional<CachedAnswer> get(CacheKey key) {
        return Optional.ofNullable(answers.getIfPresent(key));
    }

    @Override
    public void put(CacheKey key, CachedAnswer answer) {
        answers.put(key, answer);
    }
}
