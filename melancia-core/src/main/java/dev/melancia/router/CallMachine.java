package dev.melancia.router;

import dev.melancia.call.Outcome;

/**
 * Decides what a call does next: a pure function from state and event to state and action. It knows no clock, thread or
 * model; the shells hand it the time and carry out what it says. Immutable.
 *
 * <p>Rules. An answer is delivered. A mistake of the caller ends the call, since no model would take it,
 * unless another attempt is under way. Any other failure goes to the next candidate; a prompt that was too long, or was
 * cut by the server, to the next one that may hold more. On the last one a refusal (429, 503, no connection) is tried
 * again after a pause. While an attempt is slow, a second candidate may be asked beside it, once a call; from then on a
 * failure waits for the other. Nothing is tried after a piece of a stream reached the host, nor past the call's
 * deadline.
 */
final class CallMachine {

    /** What to do. */
    enum Action {
        /** Call the candidate at the state's position, after the delay. */
        CALL,
        /** Wait for the attempts that are under way. */
        WAIT,
        /** Give the host its answer, and leave what is still under way. */
        DELIVER,
        /** Give the host its error, and leave what is still under way. */
        GIVE_UP
    }

    /** The candidates of a call, in order. */
    interface Candidates {

        /** How many there are, at least 1. */
        int size();

        /** Context window of one, in tokens, {@link Integer#MAX_VALUE} when not known. */
        int window(int position);

        /** Whether a call that one budget refuses ends, instead of going to a free model. */
        boolean endWithTheBudget();
    }

    /**
     * Where a call stands.
     *
     * @param position index of the candidate begun last, from 0
     * @param retries how often that candidate was tried again
     * @param running attempts under way, 0 to 2
     * @param hedged whether the call asked a second candidate beside a slow one
     * @param window what a prompt did not fit into, in tokens; 0 when it fits as far as is known
     * @param delivering whether a piece reached the host
     */
    record State(int position, int retries, int running, boolean hedged, int window, boolean delivering) {

        /** No second candidate is asked beside a slow one any more. */
        State withoutHedge() {
            return new State(position, retries, running, true, window, delivering);
        }

        private State begun(int next, int again) {
            return new State(next, again, running + 1, hedged, window, delivering);
        }
    }

    /**
     * What comes next.
     *
     * @param state after the event
     * @param action what to do
     * @param delayNanos pause before it, usually 0
     */
    record Step(State state, Action action, long delayNanos) {

        /** Whether the same candidate is tried again, which the budget for retries must allow. */
        boolean isRetry() {
            return action == Action.CALL && state.retries > 0;
        }

        /** Whether the call ends. */
        boolean isTerminal() {
            return action == Action.DELIVER || action == Action.GIVE_UP;
        }
    }

    /**
     * How an attempt ended.
     *
     * @param position index of its candidate
     * @param outcome of the attempt
     * @param retryAfterNanos how long the server said to wait, 0 when it did not say
     * @param draw random bits for the pause
     */
    record Ending(int position, Outcome outcome, long retryAfterNanos, long draw) {

        static Ending of(int position, Outcome outcome) {
            return new Ending(position, outcome, 0, 0);
        }
    }

    private static final Step START = new Step(new State(0, 0, 1, false, 0, false), Action.CALL, 0);

    private final Candidates candidates;
    private final long deadlineNanos;
    private final RetrySettings retries;

    /**
     * A machine for one call.
     *
     * @param deadlineNanos end of the call on the shells' ticker
     */
    CallMachine(Candidates candidates, long deadlineNanos, RetrySettings retries) {
        this.candidates = candidates;
        this.deadlineNanos = deadlineNanos;
        this.retries = retries;
    }

    Step start() {
        return START;
    }

    /** A piece of a stream reached the host; whatever else is under way is left. */
    State onPiece(State state) {
        return state.delivering ? state : new State(state.position, state.retries, 1, state.hedged, state.window, true);
    }

    /** The attempt under way is slow: another candidate is asked beside it, if there is one and it is the first time. */
    Step onSlow(State state, long nowNanos) {
        int next = next(state);
        return state.delivering || state.hedged || state.running != 1 || isOver(nowNanos) || next < 0
                ? new Step(state, Action.WAIT, 0)
                : new Step(new State(next, 0, 2, true, state.window, false), Action.CALL, 0);
    }

    /** An attempt answered. */
    Step onAnswer(State state) {
        return new Step(state, Action.DELIVER, 0);
    }

    /** An attempt ended. */
    Step onEnd(State before, Ending ending, long nowNanos) {
        Outcome outcome = ending.outcome;
        if (outcome == Outcome.ANSWERED) {
            return onAnswer(before);
        }
        State state = ended(before, ending);
        if (state.delivering || endsCall(outcome, state.running > 0)) {
            return end(state, outcome);
        }
        if (state.running > 0) {
            return new Step(state, Action.WAIT, 0);
        }
        int next = next(state);
        if (next >= 0 && !isOver(nowNanos)) {
            return new Step(state.begun(next, 0), Action.CALL, 0);
        }
        return mayTryAgain(state, ending) ? again(state, ending, nowNanos) : end(state, outcome);
    }

    private State ended(State state, Ending ending) {
        int tooSmall = outgrew(ending.outcome) ? candidates.window(ending.position) : 0;
        int window = Math.max(state.window, tooSmall == Integer.MAX_VALUE ? 0 : tooSmall);
        return new State(state.position, state.retries, state.running - 1, state.hedged, window, state.delivering);
    }

    private static Step end(State state, Outcome outcome) {
        return new Step(state, outcome.isAnswer() ? Action.DELIVER : Action.GIVE_UP, 0);
    }

    /** The next candidate that may hold the prompt; -1 when there is none. */
    private int next(State state) {
        for (int next = state.position + 1; next < candidates.size(); next++) {
            if (candidates.window(next) > state.window) {
                return next;
            }
        }
        return -1;
    }

    private boolean mayTryAgain(State state, Ending ending) {
        return isRefusal(ending.outcome)
                && ending.position == state.position
                && state.retries < retries.maxRetries()
                && ending.retryAfterNanos <= retries.longestRetryAfterNanos();
    }

    private Step again(State state, Ending ending, long nowNanos) {
        long delay = Math.max(ending.retryAfterNanos, retries.backoffNanos(state.retries, ending.draw));
        return isOver(nowNanos + delay)
                ? new Step(state, Action.GIVE_UP, 0)
                : new Step(state.begun(state.position, state.retries + 1), Action.CALL, delay);
    }

    private boolean isOver(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    /** The time an attempt may take from now: its own limit, and no more than is left of the call. */
    long limitNanos(long attemptLimitNanos, long nowNanos) {
        return Math.max(0, Math.min(attemptLimitNanos, deadlineNanos - nowNanos));
    }

    /** Whether no other candidate is asked; one that was asked already may still answer. */
    private boolean endsCall(Outcome outcome, boolean anotherRuns) {
        return switch (outcome) {
            case CANCELLED, INTERRUPTED, REJECTED -> true;
            case INVALID_REQUEST, CONTENT_FILTERED -> !anotherRuns;
            case BUDGET_SPENT -> !anotherRuns && candidates.endWithTheBudget();
            default -> false;
        };
    }

    private static boolean outgrew(Outcome outcome) {
        return outcome == Outcome.CONTEXT_TOO_LONG || outcome == Outcome.PROMPT_CUT;
    }

    private static boolean isRefusal(Outcome outcome) {
        return switch (outcome) {
            case RATE_LIMITED, OVERLOADED, UNREACHABLE -> true;
            default -> false;
        };
    }
}
