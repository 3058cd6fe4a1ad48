package dev.melancia.router;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.call.Outcome;
import dev.melancia.router.Flights.Flight;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A call answered in one piece by a router with a cache: takes what is kept, else what another call with the same key is
 * getting, else asks. Confined to the caller's thread.
 *
 * <p>A follower waits for one leader, within its own call limit. When the leader fails, or gets an answer that is not to be
 * kept or comes from a model that the follower may not use, the followers go on at once, each by itself: the leader's
 * failure may be its own (an interrupt, an earlier deadline), and taking turns could cost the last one every turn before.
 */
final class CachedCall {

    private final Engine engine;
    private final AnswerCache cache;
    private final PreparedCall call;

    CachedCall(Engine engine, AnswerCache cache, PreparedCall call) {
        this.engine = engine;
        this.cache = cache;
        this.call = call;
    }

    ChatResponse run() {
        CacheVisit visit = cache.visit(call);
        if (visit == null || !visit.mayTake()) {
            return ask();
        }
        Optional<CachedAnswer> kept = visit.find();
        if (kept.isPresent()) {
            return give(kept.get());
        }
        if (cache.flights.isAwaited()) {
            return ask();
        }
        Flight own = new Flight();
        Flight other = cache.flights.joinOrStart(visit.key, own);
        return other == null ? lead(visit, own) : follow(other);
    }

    private ChatResponse ask() {
        return new BlockingShell(engine, call, engine.ticker.getAsLong()).run();
    }

    private ChatResponse give(CachedAnswer answer) {
        call.ledger.cacheHit(answer);
        call.ledger.close(Outcome.ANSWERED);
        call.answeredAgain(answer.response());
        return answer.response();
    }

    private ChatResponse lead(CacheVisit visit, Flight flight) {
        try {
            return cache.flights.awaited(() -> {
                // an earlier flight may have landed between this call's first look and its start
                Optional<CachedAnswer> landed = visit.find();
                return landed.isPresent() ? give(landed.get()) : ask();
            });
        } finally {
            cache.flights.land(visit.key, flight, visit.answer());
        }
    }

    private ChatResponse follow(Flight flight) {
        Optional<CachedAnswer> answer;
        try {
            answer = await(flight);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ended(Outcome.INTERRUPTED, new CallInterruptedException());
        } catch (java.util.concurrent.TimeoutException e) {
            throw ended(
                    Outcome.TIMEOUT,
                    new TimeoutException(
                            "a call with the same question, waited for, was not answered within this call's "
                                    + Duration.ofNanos(engine.callLimitNanos)));
        }
        return answer.filter(given -> call.mayBeAnsweredBy(given.model()))
                .map(this::give)
                .orElseGet(this::ask);
    }

    /** Waits for a flight; empty when it had nothing to give and there is time left to ask. */
    private Optional<CachedAnswer> await(Flight flight)
            throws InterruptedException, java.util.concurrent.TimeoutException {
        while (true) {
            try {
                Optional<CachedAnswer> landed = flight.get(Math.max(0, leftNanos()), TimeUnit.NANOSECONDS);
                if (landed.isPresent() || leftNanos() > 0) {
                    return landed;
                }
                throw new java.util.concurrent.TimeoutException();
            } catch (java.util.concurrent.TimeoutException e) {
                if (leftNanos() <= 0) { // the router's own ticker says when the time is up
                    throw e;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a flight only ever completes normally", e);
            }
        }
    }

    private long leftNanos() {
        return call.ledger.startNanos + engine.callLimitNanos - engine.ticker.getAsLong();
    }

    private RuntimeException ended(Outcome outcome, RuntimeException error) {
        call.ledger.close(outcome);
        call.failed(error);
        return error;
    }
}
