package dev.melancia.router;

import dev.melancia.call.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where models run: the caller's own thread when limits are off, else the host's executor, a virtual thread when the
 * caller is one, or our hand-off. Carries the caller's context over. Thread-safe.
 */
final class Workers implements AutoCloseable {

    /** Beside the threads that models may hold: for pieces of work of the router's own. */
    private static final int MORE_THREADS = 64;

    private static final int MOST_THREADS = 65_536;

    private final @Nullable Executor host;
    private final UnaryOperator<Runnable> contextCarrier;
    private final boolean onCaller;
    private final HandOff handOff;
    private final Executor own;

    /** As many threads as all models may hold together: no model may starve another of threads. */
    Workers(ModelRouterBuilder builder) {
        this.host = builder.executor;
        this.contextCarrier = builder.contextCarrier;
        this.onCaller = builder.limits.isNone();
        this.handOff = new HandOff((int) Math.min(MOST_THREADS, builder.permits() + MORE_THREADS), Workers::thread);
        this.own = builder.ownThreads == null ? handOff : builder.ownThreads;
    }

    /** Whether tasks run on the caller's thread, so that nobody needs to wait for them. */
    boolean onCaller() {
        return onCaller;
    }

    /** Whether a model that is safe to interrupt may run on its caller's thread: a host's executor is there for a reason. */
    boolean mayUseCaller() {
        return !onCaller && host == null;
    }

    /** The task with the surroundings of this thread, to be run once and at once, if on another thread. */
    Runnable carried(Runnable task) {
        return onCaller ? task : carriedAnywhere(task);
    }

    /** The task with the surroundings of this thread, to be run later and as often as need be, on any thread. */
    Runnable carriedAnywhere(Runnable task) {
        return contextCarrier.apply(task);
    }

    /**
     * Runs a task where models run.
     *
     * @throws RejectedExecutionException when every thread is taken
     */
    void execute(Runnable task) {
        if (onCaller) {
            task.run();
        } else {
            executeElsewhere(task);
        }
    }

    /**
     * Runs a task of the router's own, that must not be lost, on another thread if one is to be had, else on this one. Never
     * where a host's executor may queue it, drop it, or run it at once.
     */
    void executeSurely(Runnable task) {
        try {
            executeOwn(task);
        } catch (RuntimeException | Error e) { // an Error too: there may be no native thread
            task.run();
        }
    }

    private void executeElsewhere(Runnable task) {
        if (host != null) {
            host.execute(task);
        } else {
            executeOwn(task);
        }
    }

    private void executeOwn(Runnable task) {
        if (VirtualThreads.isCurrent()) {
            VirtualThreads.start(task);
        } else {
            own.execute(task);
        }
    }

    /** What it means that a task could not be handed over: no thread for it, or a broken carrier of context. */
    static Outcome outcome(Throwable failure) {
        return failure instanceof RejectedExecutionException ? Outcome.NO_PERMIT : Outcome.FAILED;
    }

    static ThreadFactory threads(String name) {
        return task -> thread(name, task);
    }

    /** A daemon thread that keeps neither class loader nor inheritable locals of whoever happened to start it. */
    static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Workers.class.getClassLoader());
        return thread;
    }

    @Override
    public void close() {
        handOff.close();
    }
}
