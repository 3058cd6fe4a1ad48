package dev.melancia.router;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Where models of a simulation run: each task on a thread of its own, sometimes late, sometimes not at all. */
final class SimulatedExecutor implements Executor {

    private final SimulatedWorld world;
    private final double refusals;
    private final int mostDelayMillis;
    boolean broken = true;

    SimulatedExecutor(SimulatedWorld world, double refusals, int mostDelayMillis) {
        this.world = world;
        this.refusals = refusals;
        this.mostDelayMillis = mostDelayMillis;
    }

    @Override
    public void execute(Runnable task) {
        if (broken && world.chance.of(refusals)) {
            world.tell(() -> "the executor refuses a task");
            if (world.chance.of(.3)) {
                throw new NoThreadError();
            }
            throw new RejectedExecutionException("scripted");
        }
        world.begin(mostDelayMillis == 0 ? 0 : world.chance.nanosUpTo(mostDelayMillis), task);
        if (world.chance.of(.1)) {
            world.pass();
        }
    }

    /** As the platform's, when there is no native thread. */
    static final class NoThreadError extends OutOfMemoryError {

        private static final long serialVersionUID = 1L;

        NoThreadError() {
            super("unable to create native thread (scripted)");
        }
    }
}
