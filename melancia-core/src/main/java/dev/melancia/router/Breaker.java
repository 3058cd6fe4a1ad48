package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.melancia.call.Outcome;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a model alone that keeps failing. Closed, calls pass and are counted; when too many fail it opens for a cool-down;
 * after that a few calls try the model (half-open), and either all of them close it or one opens it again, for twice as
 * long. A cool-down under way is never shortened. Only a probe of the period under way decides it; one that does not come
 * back within a cool-down makes room for another. Thread-safe, without locks.
 */
final class Breaker {

    /** What {@link #enter} says of a call that is no probe. */
    static final long NO_PROBE = 0;

    private static final int PROBES = 2;

    /** It starts anew with the first cool-down when it stayed closed for this many of the last ones. */
    private static final int FORGIVEN_AFTER = 10;

    private final BreakerSettings settings;
    private final AtomicReference<State> state;

    Breaker(BreakerSettings settings, long nowNanos) {
        this.settings = settings;
        this.state = new AtomicReference<>(State.closed(settings, nowNanos, 0, NO_PROBE));
    }

    /** Why the model should not be called now; null when it may be. */
    @Nullable
    String whyNot(long nowNanos) {
        State now = now();
        return now.kind == Kind.CLOSED || now.hasRoom(nowNanos)
                ? null
                : "failed too often and is left alone for a while";
    }

    /** Whether all is well: the usual case, told without a clock. */
    boolean isClosed() {
        return now().kind == Kind.CLOSED;
    }

    /** Probes under way that have a place. */
    int probes() {
        State now = now();
        return now.probing - now.passed;
    }

    /** A call of the model begins; the half-open period it is a probe of, whose result decides, or {@link #NO_PROBE}. */
    long enter(long nowNanos) {
        while (true) {
            State now = now();
            if (now.kind == Kind.CLOSED || !now.hasRoom(nowNanos)) {
                return NO_PROBE;
            }
            State next = now.withProbe(nowNanos);
            if (state.compareAndSet(now, next)) {
                return next.period;
            }
        }
    }

    /**
     * A call of the model ended.
     *
     * @param probe what {@link #enter} said
     * @param tookNanos until the answer, or a stream's first piece
     */
    void result(long probe, Outcome outcome, long tookNanos, long nowNanos) {
        if (settings.isNone()) {
            return;
        }
        boolean slow = tookNanos >= settings.slowFromNanos();
        if (probe != NO_PROBE) {
            probed(probe, outcome, slow, nowNanos);
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

    private void probed(long period, Outcome outcome, boolean slow, long nowNanos) {
        while (true) {
            State now = now();
            if (now.kind != Kind.HALF_OPEN || now.period != period) {
                return;
            }
            State next;
            if (!counts(outcome)) {
                next = now.withoutProbe();
            } else if (outcome.isAnswer() && !slow) {
                next = now.passed + 1 >= PROBES
                        ? State.closed(settings, nowNanos, now.coolDownNanos, period)
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
            case INVALID_REQUEST,
                    CONTEXT_TOO_LONG,
                    CONTENT_FILTERED,
                    CANCELLED,
                    INTERRUPTED,
                    NO_PERMIT,
                    BUDGET_SPENT,
                    REJECTED -> false;
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
     * @param untilNanos end of the cool-down; closed: since when; half-open: until when probes may take a place
     * @param coolDownNanos the last cool-down, 0 when there was none
     * @param probing half-open: probes under way or passed
     * @param passed half-open: probes that went well
     * @param period counts half-open periods
     */
    private record State(
            Kind kind,
            RollingCounts counts,
            long untilNanos,
            long coolDownNanos,
            int probing,
            int passed,
            long period) {

        static State closed(BreakerSettings settings, long nowNanos, long coolDownNanos, long period) {
            RollingCounts counts = new RollingCounts(settings.windowNanos(), nowNanos);
            return new State(Kind.CLOSED, counts, nowNanos, coolDownNanos, 0, 0, period);
        }

        /** Whether a probe may begin. */
        boolean hasRoom(long nowNanos) {
            boolean over = kind != Kind.CLOSED && nowNanos - untilNanos >= 0;
            return over || (kind == Kind.HALF_OPEN && probing < PROBES);
        }

        State open(long coolDown, long nowNanos) {
            return new State(Kind.OPEN, counts, nowNanos + coolDown, coolDown, 0, 0, period);
        }

        /** Probes that are long under way lose their place, not their say: a slow answer is one all the same. */
        State withProbe(long nowNanos) {
            boolean anew = kind == Kind.OPEN;
            int others = nowNanos - untilNanos >= 0 ? passed : probing;
            return halfOpen(nowNanos + coolDownNanos, others + 1, passed, anew ? period + 1 : period);
        }

        State withoutProbe() {
            return halfOpen(untilNanos, Math.max(passed, probing - 1), passed, period);
        }

        State withPassedProbe() {
            return halfOpen(untilNanos, Math.max(probing, passed + 1), passed + 1, period);
        }

        private State halfOpen(long until, int nowProbing, int nowPassed, long nowPeriod) {
            return new State(Kind.HALF_OPEN, counts, until, coolDownNanos, nowProbing, nowPassed, nowPeriod);
        }
    }
}
