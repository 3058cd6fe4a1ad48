package dev.melancia.benchmark;

import dev.melancia.journal.JournalException;
import dev.melancia.provider.RetryAfter;
import dev.melancia.scorer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one call, on the worker's thread, and notes it before it counts. The clock runs during the call alone. Thread-safe.
 */
final class Caller {

    /** Attempts at one question when its server asks to come back later. */
    static final int MOST_ATTEMPTS = 5;

    /** The longest pause that a server is granted at once. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);
    private static final int DEEPEST_CAUSE = 50;

    private final RunLog log;
    private final LongSupplier nanoTicker;
    private final InstantSource clock;
    private volatile boolean stopping;

    Caller(RunLog log, LongSupplier nanoTicker, InstantSource clock) {
        this.log = log;
        this.nanoTicker = nanoTicker;
        this.clock = clock;
    }

    /** From now on an exception is taken for the end of the run, not for a failure of the subject. */
    void stop() {
        stopping = true;
    }

    CallEnd call(Call call) {
        if (stopping) {
            return new CallEnd.GivenUp(call);
        }
        try {
            log.asked(call);
            return ask(call);
        } catch (JournalException unsaved) {
            return new CallEnd.NotAsked(call, unsaved);
        } catch (RuntimeException | Error broken) {
            return new CallEnd.Broke(call, broken);
        }
    }

    private CallEnd ask(Call call) {
        Instant startedAt = clock.instant();
        long start = nanoTicker.getAsLong();
        Answer answer;
        try {
            answer = answer(call);
        } catch (Exception error) {
            return failed(call, facts(call, startedAt, nanoTicker.getAsLong() - start), error);
        }
        long latency = nanoTicker.getAsLong() - start - answer.loadNanos().orElse(0);
        CallFacts facts = facts(call, startedAt, latency);
        return ended(call, new Outcome.Answered(call.ask().question(), answer, facts, Map.of()));
    }

    private static Answer answer(Call call) throws Exception {
        Answer answer = call.subject().answer(call.ask());
        if (answer == null) {
            throw new IllegalStateException("subject " + call.subject().name() + " returned null instead of an answer");
        }
        return answer;
    }

    private static CallFacts facts(Call call, Instant startedAt, long latencyNanos) {
        return new CallFacts(call.ask().repeat(), call.attempt(), startedAt, Math.max(0, latencyNanos));
    }

    private CallEnd failed(Call call, CallFacts facts, Exception error) {
        if (stopping) {
            return new CallEnd.GivenUp(call);
        }
        Optional<Duration> pause = pause(error);
        if (pause.isPresent() && call.attempt() < MOST_ATTEMPTS) {
            log.putOff(call);
            return new CallEnd.PutOff(call, pause.get());
        }
        LOG.atDebug()
                .addKeyValue("subject", call.subject().name())
                .addKeyValue("question", call.ask().question().id())
                .addKeyValue("error", error.getClass().getName())
                .log("benchmark question failed");
        return ended(call, Failures.outcome(call.ask().question(), facts, error));
    }

    private CallEnd ended(Call call, Outcome outcome) {
        try {
            return new CallEnd.Done(
                    call, outcome, true, log.ended(call, outcome).orElse(null));
        } catch (JournalException unsaved) {
            return new CallEnd.Done(call, outcome, false, unsaved);
        }
    }

    /** How long the server asked to wait, at most the longest pause; empty when it did not. */
    private static Optional<Duration> pause(Exception error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof RetryAfter later) {
                return Optional.of(within(later.retryAfter()));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Duration within(Duration asked) {
        Duration atLeast = asked.isNegative() ? Duration.ZERO : asked;
        return atLeast.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : atLeast;
    }
}
