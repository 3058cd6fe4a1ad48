package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.CachedAnswer;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallId;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.routing.RoutingDecision;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to one call, and makes its record at the end. Confined to the call's shell. */
final class CallLedger {

    private static final long MICROS_PER_MILLI = 1_000;

    final CallContext context;
    final long startNanos;
    private final Engine engine;
    private final boolean streaming;
    final long startMillis;
    private final long idBits;
    private @Nullable RoutingDecision decision;
    private @Nullable CachedAnswer hit;
    private List<Attempt> attempts = List.of();
    private List<Throwable> errors = List.of();
    private @Nullable CallRecord record;
    private boolean closed;

    CallLedger(Engine engine, CallContext context, boolean streaming) {
        this.engine = engine;
        this.context = context;
        this.streaming = streaming;
        this.startMillis = engine.clock.millis();
        this.startNanos = engine.ticker.getAsLong();
        this.idBits = engine.random.getAsLong();
    }

    void decided(RoutingDecision made) {
        this.decision = made;
    }

    /** The host is given an answer that was given before. */
    void cacheHit(CachedAnswer answer) {
        this.hit = answer;
    }

    /** What the attempt that answered cost, nothing cut; there must be one. */
    Cost costOfAnswer() {
        Cost cost = Cost.unknown();
        for (Attempt attempt : attempts) {
            cost = attempt.outcome() == Outcome.ANSWERED ? attempt.cost() : cost;
        }
        return cost;
    }

    /** An attempt ended; its response may lack counts of tokens, an error is there unless it answered. */
    void ended(AttemptRun run, Outcome outcome, @Nullable ChatResponse response, @Nullable Throwable error) {
        run.tellModel(outcome, streaming);
        TokenCounts tokens = response == null ? TokenCounts.unknown() : run.model.tokens(response);
        Attempt.Builder attempt = Attempt.builder(
                        run.model.id(),
                        outcome,
                        Math.max(0, run.startNanos - startNanos),
                        Math.max(0, run.endNanos - run.startNanos))
                .hedge(run.hedge)
                .tokens(tokens)
                .cost(cost(run, outcome, tokens));
        if (run.firstPieceNanos != AttemptRun.NO_PIECE) {
            attempt.timeToFirstTokenNanos(Math.max(0, run.firstPieceNanos - run.startNanos));
        }
        if (error != null) {
            attempt.errorType(error.getClass().getSimpleName());
            errors = appended(errors, error);
        }
        attempts = inOrder(attempts, attempt.build());
    }

    private Cost cost(AttemptRun run, Outcome outcome, TokenCounts tokens) {
        boolean free = !tokens.areComplete() && (!run.asked || isNeverBilled(outcome));
        return run.settle(free ? Cost.zero() : run.model.cost(tokens, startMillis), free);
    }

    private static boolean isNeverBilled(Outcome outcome) {
        return switch (outcome) {
            case UNREACHABLE,
                    RATE_LIMITED,
                    OVERLOADED,
                    UNAUTHORIZED,
                    MODEL_NOT_FOUND,
                    INVALID_REQUEST,
                    CONTEXT_TOO_LONG,
                    NO_PERMIT,
                    BUDGET_SPENT -> true;
            default -> false;
        };
    }

    long now() {
        return engine.ticker.getAsLong();
    }

    /** The host gets its answer or error: one record goes to every listener. */
    void close(Outcome outcome) {
        close(outcome, engine.ticker.getAsLong());
    }

    /** Whether the call has its record. */
    boolean isClosed() {
        return closed;
    }

    /** The call's record; null before it is closed. */
    @Nullable
    CallRecord record() {
        return record;
    }

    void close(Outcome outcome, long nowNanos) {
        closed = true;
        CallRecord.Builder ended = CallRecord.builder(
                        CallId.of(startMillis, idBits >>> 52, engine.random.getAsLong()),
                        outcome,
                        context,
                        engine.userKeys)
                .time(startMillis * MICROS_PER_MILLI, Math.max(0, nowNanos - startNanos))
                .attempts(attempts)
                .streaming(streaming);
        RoutingDecision made = decision;
        if (made != null) {
            ended.decision(made);
        }
        CachedAnswer given = hit;
        if (given != null) {
            ended.cacheHit(given.model(), given.cost());
        }
        CallRecord built = ended.build();
        record = built;
        engine.tell(built, context);
    }

    /** What the host is told: an {@code Error}, an interrupt, or the only attempt's own error, else all of them. */
    Throwable failure() {
        for (Throwable error : errors) {
            if (error instanceof Error || attempts.size() == 1) {
                return error;
            }
            if (error instanceof CallInterruptedException) {
                errors.stream().filter(other -> other != error).forEach(error::addSuppressed);
                return error;
            }
        }
        return new AllModelsFailedException(attempts, errors);
    }

    /** By when they began, which is not how they ended when two ran at once. */
    private static List<Attempt> inOrder(List<Attempt> attempts, Attempt ended) {
        List<Attempt> longer = appended(attempts, ended);
        boolean before =
                longer.size() > 1 && longer.get(longer.size() - 2).startOffsetNanos() > ended.startOffsetNanos();
        return before
                ? longer.stream()
                        .sorted(Comparator.comparingLong(Attempt::startOffsetNanos))
                        .toList()
                : longer;
    }

    private static <T> List<T> appended(List<T> list, T element) {
        return switch (list.size()) {
            case 0 -> List.of(element);
            case 1 -> List.of(list.get(0), element); // the record takes it as it is
            default -> Stream.concat(list.stream(), Stream.of(element)).toList();
        };
    }
}
