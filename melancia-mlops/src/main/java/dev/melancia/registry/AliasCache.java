package dev.melancia.registry;

import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What aliases stand for. A user's call comes first: an answer that has grown old is asked again by one call at a time,
 * which waits no longer than its patience; all others, and that one afterwards, get the last answer. Thread-safe.
 */
final class AliasCache {

    /** Name of a prompt and alias. */
    record Key(String name, String alias) {}

    private static final Logger LOG = LoggerFactory.getLogger(AliasCache.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final PromptCaching caching;
    private final InstantSource clock;
    private final Executor executor;
    private final BiFunction<String, String, PromptVersion> source;
    private final BoundedMap<Key, Entry> entries;
    private final AtomicLong changes = new AtomicLong();

    AliasCache(PromptCaching caching, Executor executor, BiFunction<String, String, PromptVersion> source) {
        this.caching = caching;
        this.clock = caching.clock();
        this.executor = executor;
        this.source = source;
        this.entries = new BoundedMap<>(caching.capacity());
    }

    ServedPrompt get(Key key) {
        Optional<Entry> known = entries.get(key);
        if (known.isEmpty()) {
            return served(read(key));
        }
        Entry entry = known.get();
        if (clock.instant().isBefore(entry.askAgainAt) || !entry.asking.compareAndSet(false, true)) {
            return served(entry);
        }
        CompletableFuture<@Nullable Void> answer = askAgain(key, entry);
        try {
            answer.get(caching.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return served(entry);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return served(entry);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NoSuchElementException gone) {
                throw gone;
            }
            return served(entry);
        }
        return served(entries.get(key).orElse(entry));
    }

    private Entry read(Key key) {
        long before = changes.get();
        Instant asked = clock.instant();
        Entry entry = new Entry(source.apply(key.name(), key.alias()), asked, asked.plus(caching.aliasTime()));
        if (changes.get() == before) { // An answer from before a change of our own would hide it.
            entries.put(key, entry);
        }
        return entry;
    }

    private CompletableFuture<@Nullable Void> askAgain(Key key, Entry entry) {
        try {
            return CompletableFuture.runAsync(() -> refresh(key, entry), executor);
        } catch (RejectedExecutionException busyOrClosed) {
            entry.failed(clock.instant().plus(PAUSE_AFTER_FAILURE));
            return CompletableFuture.completedFuture(null);
        }
    }

    private void refresh(Key key, Entry entry) {
        try {
            read(key);
        } catch (NoSuchElementException gone) {
            entries.remove(key);
            throw gone;
        } catch (RuntimeException failure) {
            if (entry.failed(clock.instant().plus(PAUSE_AFTER_FAILURE))) {
                LOG.atWarn()
                        .addKeyValue("prompt", key.name())
                        .addKeyValue("alias", key.alias())
                        .addKeyValue("version", entry.prompt.version())
                        .setCause(failure)
                        .log(
                                "the server does not say what the alias of a prompt stands for; its last answer serves on");
            }
        } finally {
            entry.asking.set(false);
        }
    }

    void forget(Key key) {
        changes.incrementAndGet();
        entries.remove(key);
    }

    private ServedPrompt served(Entry entry) {
        Duration age = Duration.between(entry.readAt, clock.instant());
        return new ServedPrompt(
                entry.prompt, age.isNegative() ? Duration.ZERO : age, age.compareTo(caching.aliasTime()) > 0);
    }

    private static final class Entry {

        private final PromptVersion prompt;
        private final Instant readAt;
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile Instant askAgainAt;
        private volatile boolean failing;

        Entry(PromptVersion prompt, Instant readAt, Instant askAgainAt) {
            this.prompt = prompt;
            this.readAt = readAt;
            this.askAgainAt = askAgainAt;
        }

        /** Whether this is the first failure since an answer. */
        boolean failed(Instant next) {
            boolean first = !failing;
            failing = true;
            askAgainAt = next;
            asking.set(false);
            return first;
        }
    }
}
