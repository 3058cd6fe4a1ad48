package dev.melancia.router;

import dev.melancia.call.Outcome;

/**
 * Decides what a call does next: a pure function from state and event to state and action. It knows no clock, thread or
 * model; the shells hand it the time and carry out what it says. Immutable.
 *
 * <p>Rules. An answer is delivered. A mistake of the caller ends the call, since no model would take it. Any other failure
 * goes to the next candidate; on the last one a refusal (429, 503, no connection) is tried once more after a pause. Nothing
 * is tried after a piece of a stream reached the host, nor past the call's deadline.
 */
final class CallMachine {

    /** What to do. */
    enum Action {
        /** Call the candidate at the state's position, after the delay. */
        CALL,
        /** Give the host its answer. */
        DELIVER,
        /** Give the host its error. */
        GIVE_UP
    }

    /**
     * Where a call stands.
     *
     * @param position index of the candidate, from 0
     * @param retries how often that candidate was tried again
     * @param delivering whether a piece reached the host
     */
    record State(int position, int retries, boolean delivering) {}

    /**
     * What comes next.
     *
     * @param state after the event
     * @param action what to do
     * @param delayNanos pause before it, usually 0
     */
    record Step(State state, Action action, long delayNanos) {}

    /** A pause that a refused connection or a full queue has a chance to end in, short beside any model call. */
    static final long RETRY_DELAY_NANOS = 250_000_000;

    private static final int MAX_RETRIES = 1;
    private static final Step START = new Step(new State(0, 0, false), Action.CALL, 0);

    private final int candidates;
    private final long deadlineNanos;

    /**
     * A machine for one call.
     *
     * @param candidates how many there are, at least 1
     * @param deadlineNanos end of the call on the shells' ticker
     */
    CallMachine(int candidates, long deadlineNanos) {
        this.candidates = candidates;
        this.deadlineNanos = deadlineNanos;
    }

    Step start() {
        return START;
    }

    /** A piece of a stream reached the host. */
    State onPiece(State state) {
        if (state.delivering) {
            return state;
        }
        return new State(state.position, state.retries, true);
    }

    /** An attempt ended. */
    Step onOutcome(State state, Outcome outcome, long nowNanos) {
        if (outcome.isAnswer()) {
            return new Step(state, Action.DELIVER, 0);
        }
        if (state.delivering || endsCall(outcome) || nowNanos - deadlineNanos >= 0) {
            return new Step(state, Action.GIVE_UP, 0);
        }
        if (state.position + 1 < candidates) {
            return new Step(new State(state.position + 1, 0, false), Action.CALL, 0);
        }
        boolean again =
                state.retries < MAX_RETRIES && isRefusal(outcome) && nowNanos + RETRY_DELAY_NANOS - deadlineNanos < 0;
        return again
                ? new Step(new State(state.position, state.retries + 1, false), Action.CALL, RETRY_DELAY_NANOS)
                : new Step(state, Action.GIVE_UP, 0);
    }

    /** The time an attempt may take from now: its own limit, and no more than is left of the call. */
    long limitNanos(long attemptLimitNanos, long nowNanos) {
        return Math.max(0, Math.min(attemptLimitNanos, deadlineNanos - nowNanos));
    }

    private static boolean endsCall(Outcome outcome) {
        return switch (outcome) {
            case INVALID_REQUEST, CONTENT_FILTERED, CANCELLED, INTERRUPTED, REJECTED -> true;
            default -> false;
        };
    }

    private static boolean isRefusal(Outcome outcome) {
        return switch (outcome) {
            case RATE_LIMITED, OVERLOADED, UNREACHABLE -> true;
            default -> false;
        };
    }
}
