package dev.melancia.router;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A timer of a simulation: it comes once, or is called off before. */
final class SimulatedTimer implements Future<Void> {

    private final Runnable onEnd;
    private boolean over;
    private boolean calledOff;

    SimulatedTimer(Runnable onEnd) {
        this.onEnd = onEnd;
    }

    /** True once, unless it was called off. */
    boolean begins() {
        boolean first = !over;
        over = true;
        if (first) {
            onEnd.run();
        }
        return first;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        calledOff |= begins();
        return calledOff;
    }

    @Override
    public boolean isCancelled() {
        return calledOff;
    }

    @Override
    public boolean isDone() {
        return over;
    }

    @Override
    public Void get() {
        return null;
    }

    @Override
    public Void get(long timeout, TimeUnit unit) {
        return null;
    }
}
