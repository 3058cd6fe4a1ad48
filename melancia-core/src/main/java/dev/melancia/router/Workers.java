package dev.melancia.router;

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

    private static final int MAX_THREADS = 1_024;

    private final @Nullable Executor host;
    private final UnaryOperator<Runnable> contextCarrier;
    private final boolean onCaller;
    private final HandOff handOff = new HandOff(MAX_THREADS);

    Workers(@Nullable Executor host, UnaryOperator<Runnable> contextCarrier, boolean onCaller) {
        this.host = host;
        this.contextCarrier = contextCarrier;
        this.onCaller = onCaller;
    }

    /** Whether tasks run on the caller's thread, so that nobody needs to wait for them. */
    boolean onCaller() {
        return onCaller;
    }

    /**
     * Runs a task.
     *
     * @throws RejectedExecutionException when every thread is taken
     */
    void execute(Runnable task) {
        if (onCaller) {
            task.run();
            return;
        }
        Runnable carried = contextCarrier.apply(task);
        if (host != null) {
            host.execute(carried);
        } else if (VirtualThreads.isCurrent()) {
            VirtualThreads.start(carried);
        } else {
            handOff.execute(carried);
        }
    }

    /** Runs a task on another thread if one is to be had, else on this one: for what must not be lost. */
    void executeSurely(Runnable task) {
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
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
