package dev.melancia.registry;

import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What aliases stand for. A user's call comes first: of each alias one question at a time is asked, on the executor.
 *
 * <p>Where there is an answer, the call that asks again waits no longer than its patience; all others, and that one
 * afterwards, get the last answer. Where there is none, all calls wait for the one question, no longer than their first
 * patience; a failure, an alias that is missing and an answer that does not come are remembered for a moment, so that not
 * every call waits for a server that is down. A change of our own leaves the question behind that was asked before it: its
 * answer is not kept. Thread-safe.
 */
final class AliasCache {

    /** Name of a prompt and alias. */
    record Key(String name, String alias) {}

    private record Failure(RuntimeException cause, Instant at) {

        boolean isFresh(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(PAUSE_AFTER_FAILURE));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AliasCache.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final PromptCaching caching;
    private final Executor executor;
    private final BiFunction<String, String, PromptVersion> source;
    private final ReentrantLock lock = new ReentrantLock();
    private final BoundedMap<Key, Entry> entries;
    private final BoundedMap<Key, Failure> failures;
    private final Map<Key, CompletableFuture<Entry>> questions = new HashMap<>();

    AliasCache(PromptCaching caching, Executor executor, BiFunction<String, String, PromptVersion> source) {
        this.caching = caching;
        this.executor = executor;
        this.source = source;
        this.entries = new BoundedMap<>(caching.capacity());
        this.failures = new BoundedMap<>(caching.capacity());
    }

    ServedPrompt get(Key key) {
        CompletableFuture<Entry> question;
        Optional<Entry> known;
        boolean mine;
        lock.lock();
        try {
            known = entries.get(key);
            if (known.isPresent() && (known.get().isFresh(now()) || questions.containsKey(key))) {
                return served(known.get());
            }
            if (known.isEmpty()) {
                throwFreshFailure(key);
            }
            mine = !questions.containsKey(key);
            question = questions.computeIfAbsent(key, none -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
        if (mine) {
            ask(key, question);
        }
        return served(known.isPresent() ? again(question, known.get()) : first(key, question));
    }

    private void throwFreshFailure(Key key) {
        Optional<Failure> failure = failures.get(key).filter(found -> found.isFresh(now()));
        if (failure.isPresent()) {
            throw failure.get().cause();
        }
    }

    private Entry again(CompletableFuture<Entry> question, Entry known) {
        try {
            return question.get(caching.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return known;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return known;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NoSuchElementException gone) {
                throw gone;
            }
            return known;
        }
    }

    private Entry first(Key key, CompletableFuture<Entry> question) {
        try {
            return question.get(caching.firstPatience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            RegistryException unanswered = new RegistryException(
                    what(key) + " was not answered within " + caching.firstPatience()
                            + "; the question goes on, call again or use a text of your own meanwhile",
                    null);
            remember(key, question, unanswered);
            throw unanswered;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RegistryException(what(key) + " was interrupted before the server answered", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new RegistryException(what(key) + " failed", failed.getCause());
        }
    }

    private static String what(Key key) {
        return "the question what the alias \"" + key.alias() + "\" of prompt \"" + key.name() + "\" stands for";
    }

    private void ask(Key key, CompletableFuture<Entry> question) {
        try {
            executor.execute(() -> answer(key, question));
        } catch (RejectedExecutionException busyOrClosed) {
            failed(
                    key,
                    question,
                    new RegistryException(
                            what(key) + " cannot be asked: the registry is closed, or too many questions wait",
                            busyOrClosed));
            leave(key, question);
        }
    }

    private void answer(Key key, CompletableFuture<Entry> question) {
        try {
            Instant asked = now();
            PromptVersion prompt = source.apply(key.name(), key.alias());
            Entry entry = new Entry(prompt, asked, asked.plus(caching.aliasTime()));
            keep(key, question, entry);
            question.complete(entry);
        } catch (RuntimeException failure) {
            failed(key, question, failure);
        } finally {
            leave(key, question);
        }
    }

    private void keep(Key key, CompletableFuture<Entry> question, Entry entry) {
        lock.lock();
        try {
            if (questions.get(key) == question) { // An answer from before a change of our own would hide it.
                entries.put(key, entry);
                failures.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    private void failed(Key key, CompletableFuture<Entry> question, RuntimeException failure) {
        remember(key, question, failure);
        question.completeExceptionally(failure);
    }

    private void remember(Key key, CompletableFuture<Entry> question, RuntimeException failure) {
        lock.lock();
        try {
            if (questions.get(key) != question) {
                return;
            }
            Optional<Entry> known = entries.get(key);
            if (failure instanceof NoSuchElementException) {
                entries.remove(key);
            } else if (known.isPresent()) {
                stay(key, known.get(), failure);
                return;
            }
            failures.put(key, new Failure(failure, now()));
        } finally {
            lock.unlock();
        }
    }

    private void stay(Key key, Entry known, RuntimeException failure) {
        if (known.failed(now().plus(PAUSE_AFTER_FAILURE))) {
            LOG.atWarn()
                    .addKeyValue("prompt", key.name())
                    .addKeyValue("alias", key.alias())
                    .addKeyValue("version", known.prompt.version())
                    .setCause(failure)
                    .log("the server does not say what the alias of a prompt stands for; its last answer serves on");
        }
    }

    /** Whatever happened, also an Error, the next call may ask again. */
    private void leave(Key key, CompletableFuture<Entry> question) {
        lock.lock();
        try {
            questions.remove(key, question);
        } finally {
            lock.unlock();
        }
        question.completeExceptionally(new RegistryException(what(key) + " failed", null));
    }

    void forget(Key key) {
        lock.lock();
        try {
            questions.remove(key);
            entries.remove(key);
            failures.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private Instant now() {
        return caching.clock().instant();
    }

    private ServedPrompt served(Entry entry) {
        Duration age = Duration.between(entry.readAt, now());
        return new ServedPrompt(
                entry.prompt, age.isNegative() ? Duration.ZERO : age, age.compareTo(caching.aliasTime()) > 0);
    }

    private static final class Entry {

        private final PromptVersion prompt;
        private final Instant readAt;
        private volatile Instant askAgainAt;
        private volatile boolean failing;

        Entry(PromptVersion prompt, Instant readAt, Instant askAgainAt) {
            this.prompt = prompt;
            this.readAt = readAt;
            this.askAgainAt = askAgainAt;
        }

        boolean isFresh(Instant now) {
            return now.isBefore(askAgainAt);
        }

        /** Whether this is the first failure since an answer. */
        boolean failed(Instant next) {
            boolean first = !failing;
            failing = true;
            askAgainAt = next;
            return first;
        }
    }
}
