package dev.melancia.router;

import dev.melancia.call.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** @param permits of all models together: no model may starve another of threads */
    Workers(@Nullable Executor host, UnaryOperator<Runnable> contextCarrier, boolean onCaller, long permits) {
        this.host = host;
        this.contextCarrier = contextCarrier;
        this.onCaller = onCaller;
        this.handOff = new HandOff((int) Math.min(MOST_THREADS, permits + MORE_THREADS), Workers::thread);
    }

    /** Whether tasks run on the caller's thread, so that nobody needs to wait for them. */
    boolean onCaller() {
        return onCaller;
    }

    /** Whether a model that is safe to interrupt may run on its caller's thread: a host's executor is there for a reason. */
    boolean mayUseCaller() {
        return !onCaller && host == null;
    }

    /** The task with the surroundings of this thread, to be run later and as often as need be. */
    Runnable carried(Runnable task) {
        return onCaller ? task : contextCarrier.apply(task);
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

    /** Runs a task on another thread if one is to be had, else on this one: for what must not be lost. */
    void executeSurely(Runnable task) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable once = () -> {
            if (begun.compareAndSet(false, true)) {
                task.run();
            }
        };
        try {
            executeElsewhere(once);
        } catch (RuntimeException | Error e) { // an Error too: a host's pool may find no native thread
            if (begun.get()) {
                throw e; // the host's executor ran it right here, and it is the task's own
            }
            once.run();
        }
    }

    private void executeElsewhere(Runnable task) {
        if (host != null) {
            host.execute(task);
        } else if (VirtualThreads.isCurrent()) {
            VirtualThreads.start(task);
        } else {
            handOff.execute(task);
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
