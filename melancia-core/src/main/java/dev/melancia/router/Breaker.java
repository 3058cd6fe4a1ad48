package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.melancia.call.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a model alone that keeps failing. Closed, calls pass and are counted; when too many fail it opens for a cool-down;
 * after that a few calls try the model (half-open), and either all of them close it or one opens it again, for twice as
 * long. A cool-down under way is never shortened. Thread-safe, without locks.
 */
final class Breaker {

    private static final int PROBES = 2;

    /** It starts anew with the first cool-down when it stayed closed for this many of the last ones. */
    private static final int FORGIVEN_AFTER = 10;

    private final BreakerSettings settings;
    private final AtomicReference<State> state;

    Breaker(BreakerSettings settings, long nowNanos) {
        this.settings = settings;
        this.state = new AtomicReference<>(State.closed(settings, nowNanos, 0));
    }

    /** Why the model should not be called now; null when it may be. */
    @Nullable
    String whyNot(long nowNanos) {
        State now = now();
        if (now.kind == Kind.CLOSED || (now.kind == Kind.OPEN && nowNanos - now.untilNanos >= 0)) {
            return null;
        }
        return now.kind == Kind.HALF_OPEN && now.probing < PROBES
                ? null
                : "failed too often and is left alone for a while";
    }

    /** Whether all is well: the usual case, told without a clock. */
    boolean isClosed() {
        return now().kind == Kind.CLOSED;
    }

    /** A call of the model begins; true when it is a probe, whose result decides. */
    boolean enter(long nowNanos) {
        while (true) {
            State now = now();
            boolean probe = (now.kind == Kind.HALF_OPEN && now.probing < PROBES)
                    || (now.kind == Kind.OPEN && nowNanos - now.untilNanos >= 0);
            if (!probe) {
                return false;
            }
            if (state.compareAndSet(now, now.withProbe())) {
                return true;
            }
        }
    }

    /**
     * A call of the model ended.
     *
     * @param probe what {@link #enter} said
     * @param tookNanos until the answer, or a stream's first piece
     */
    void result(boolean probe, Outcome outcome, long tookNanos, long nowNanos) {
        if (settings.isNone()) {
            return;
        }
        boolean slow = tookNanos >= settings.slowFromNanos();
        if (probe) {
            probed(outcome, slow, nowNanos);
        } else if (counts(outcome)) {
            count(!outcome.isAnswer(), slow, nowNanos);
        }
    }

    private void count(boolean failed, boolean slow, long nowNanos) {
        State now = now();
        RollingCounts counts = now.counts;
        counts.call(nowNanos);
        if (failed) {
            counts.failure(nowNanos);
        }
        if (slow) {
            counts.slow(nowNanos);
        }
        boolean trips = (failed || slow)
                && now.kind == Kind.CLOSED
                && settings.trips(counts.calls(nowNanos), counts.failures(nowNanos), counts.slowCalls(nowNanos));
        if (trips) {
            state.compareAndSet(now, now.open(nextCoolDown(now, nowNanos), nowNanos));
        }
    }

    private void probed(Outcome outcome, boolean slow, long nowNanos) {
        while (true) {
            State now = now();
            if (now.kind != Kind.HALF_OPEN) {
                return;
            }
            State next;
            if (!counts(outcome)) {
                next = now.withoutProbe();
            } else if (outcome.isAnswer() && !slow) {
                next = now.passed + 1 >= PROBES
                        ? State.closed(settings, nowNanos, now.coolDownNanos)
                        : now.withPassedProbe();
            } else {
                next = now.open(Math.min(2 * now.coolDownNanos, settings.longestCoolDownNanos()), nowNanos);
            }
            if (state.compareAndSet(now, next)) {
                return;
            }
        }
    }

    private long nextCoolDown(State closed, long nowNanos) {
        boolean anew =
                closed.coolDownNanos == 0 || nowNanos - closed.untilNanos >= FORGIVEN_AFTER * closed.coolDownNanos;
        return anew
                ? settings.firstCoolDownNanos()
                : Math.min(2 * closed.coolDownNanos, settings.longestCoolDownNanos());
    }

    private State now() {
        return requireNonNull(state.get(), "state");
    }

    /** Whether an outcome tells anything about the model. */
    private static boolean counts(Outcome outcome) {
        return switch (outcome) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_FILTERED, CANCELLED, INTERRUPTED, NO_PERMIT, REJECTED ->
                false;
            default -> true;
        };
    }

    private enum Kind {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /**
     * Where the breaker stands.
     *
     * @param untilNanos end of the cool-down; closed: since when
     * @param coolDownNanos the last cool-down, 0 when there was none
     * @param probing half-open: probes under way or passed
     * @param passed half-open: probes that went well
     */
    private record State(
            Kind kind, RollingCounts counts, long untilNanos, long coolDownNanos, int probing, int passed) {

        static State closed(BreakerSettings settings, long nowNanos, long coolDownNanos) {
            RollingCounts counts = new RollingCounts(settings.windowNanos(), nowNanos);
            return new State(Kind.CLOSED, counts, nowNanos, coolDownNanos, 0, 0);
        }

        State open(long coolDown, long nowNanos) {
            return new State(Kind.OPEN, counts, nowNanos + coolDown, coolDown, 0, 0);
        }

        State withProbe() {
            return new State(Kind.HALF_OPEN, counts, untilNanos, coolDownNanos, probing + 1, passed);
        }

        State withoutProbe() {
            return new State(Kind.HALF_OPEN, counts, untilNanos, coolDownNanos, probing - 1, passed);
        }

        State withPassedProbe() {
            return new State(Kind.HALF_OPEN, counts, untilNanos, coolDownNanos, probing, passed + 1);
        }
    }
}
