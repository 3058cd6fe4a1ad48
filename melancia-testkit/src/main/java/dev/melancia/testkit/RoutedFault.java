package dev.melancia.testkit;

import dev.melancia.call.Outcome;
import java.util.Set;
import java.util.function.Function;

/** What a model's server does instead of answering or streaming, and what the router should make of it. */
enum RoutedFault {
    BAD_REQUEST_400(wire -> wire.error(400, "scripted"), Outcome.INVALID_REQUEST),
    PROMPT_TOO_LONG_400(wire -> wire.error(400, "maximum context length is 8 tokens"), Outcome.CONTEXT_TOO_LONG),
    UNAUTHORIZED_401(wire -> wire.error(401, "scripted"), Outcome.UNAUTHORIZED),
    NOT_FOUND_404(wire -> wire.error(404, "scripted"), Outcome.MODEL_NOT_FOUND),
    TOO_LARGE_413(wire -> wire.error(413, "scripted"), Outcome.INVALID_REQUEST),
    UNPROCESSABLE_422(wire -> wire.error(422, "scripted"), Outcome.INVALID_REQUEST),
    TOO_MANY_429(wire -> wire.error(429, "scripted"), Outcome.RATE_LIMITED),
    TOO_MANY_429_COME_BACK_LATER(
            wire -> wire.error(429, "scripted").header("Retry-After", "3600"), Outcome.RATE_LIMITED),
    INTERNAL_500(wire -> wire.error(500, "scripted"), Outcome.SERVER_ERROR),
    OVERLOADED_503(wire -> wire.error(503, "scripted"), Outcome.OVERLOADED),
    OVERLOADED_503_COME_BACK_LATER(
            wire -> wire.error(503, "scripted").header("Retry-After", "3600"), Outcome.OVERLOADED),
    OVERLOADED_529(wire -> wire.error(529, "scripted"), Outcome.OVERLOADED),
    NO_HEADERS(wire -> Reply.silence(), Outcome.TIMEOUT),
    HANGS_UP(wire -> Reply.hangUp(), Outcome.BROKEN_OFF),
    /** Of this and the next two the reply is never asked for: {@link FaultyServer} has an address without a server. */
    REFUSED(wire -> Reply.hangUp(), Outcome.UNREACHABLE),
    UNKNOWN_HOST(wire -> Reply.hangUp(), Outcome.UNREACHABLE),
    NO_CONNECTION(wire -> Reply.hangUp(), Outcome.TIMEOUT),
    NOTHING_IN_IT(
            WireFormat::nothing,
            Outcome.SERVER_ERROR,
            Outcome.MALFORMED_RESPONSE,
            Outcome.BROKEN_OFF,
            Outcome.TRUNCATED,
            Outcome.FAILED),
    PAGE_FOR_AN_ANSWER(
            wire -> Reply.of(200, "text/html", "<html><body>Please sign in</body></html>"),
            Outcome.MALFORMED_RESPONSE,
            Outcome.BROKEN_OFF),
    CUT_BODY(wire -> Reply.streaming(Json.TYPE).send("{").cut(), Outcome.BROKEN_OFF);

    private static final Set<Outcome> ANSWERED_WITH_AN_ERROR = Set.of(
            Outcome.INVALID_REQUEST,
            Outcome.CONTEXT_TOO_LONG,
            Outcome.UNAUTHORIZED,
            Outcome.MODEL_NOT_FOUND,
            Outcome.RATE_LIMITED,
            Outcome.OVERLOADED,
            Outcome.UNREACHABLE);

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Function<WireFormat, Reply> reply;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Outcome> outcomes;

    RoutedFault(Function<WireFormat, Reply> reply, Outcome... outcomes) {
        this.reply = reply;
        this.outcomes = Set.of(outcomes);
    }

    Reply reply(WireFormat wire) {
        return reply.apply(wire);
    }

    /** What the attempt may be called; the format decides which. */
    Set<Outcome> outcomes() {
        return outcomes;
    }

    /** Whether no other model would take the request either. */
    boolean endsTheCall() {
        return outcomes.contains(Outcome.INVALID_REQUEST);
    }

    /** Whether only a limit of the router ends it. */
    boolean hangs() {
        return this == NO_HEADERS || this == NO_CONNECTION;
    }

    /** Whether no provider bills it, so that the cost of the attempt is known to be nothing. */
    boolean costsNothing() {
        return ANSWERED_WITH_AN_ERROR.containsAll(outcomes);
    }
}
