package dev.melancia.router;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands a task straight to an idle worker thread: no queue, no spinning, a cap on threads. Thread-safe.
 *
 * <p>Idle workers form a Treiber stack of slot numbers. Its head packs the slot of the top (low half, 0 = none, else slot
 * + 1) with a version (high half) that each change raises, which defeats ABA. The last worker in is the first out, so
 * that the rest grow idle; a worker idle for a minute takes one worker off the stack, usually not itself, and ends it.
 */
final class HandOff implements Executor, AutoCloseable {

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SLOT_MASK = 0xFFFF_FFFFL;
    private static final long VERSION = SLOT_MASK + 1;

    private final AtomicReferenceArray<@Nullable Worker> slots;
    private final AtomicLong idle = new AtomicLong();
    private final Bulkhead alive;
    private final BiFunction<String, Runnable, Thread> threads;
    private final long keepAliveNanos;
    private volatile boolean closed;

    HandOff(int maxThreads, BiFunction<String, Runnable, Thread> threads) {
        this(maxThreads, threads, KEEP_ALIVE_NANOS);
    }

    HandOff(int maxThreads, BiFunction<String, Runnable, Thread> threads, long keepAliveNanos) {
        this.keepAliveNanos = keepAliveNanos;
        this.slots = new AtomicReferenceArray<>(maxThreads);
        this.alive = new Bulkhead(maxThreads);
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the router is closed");
        }
        Worker worker = pop();
        if (worker == null) {
            start(task);
        } else {
            worker.give(task);
        }
    }

    private void start(Runnable task) {
        if (!alive.tryAcquire()) {
            throw new RejectedExecutionException("all " + slots.length() + " worker threads are taken by models");
        }
        Worker worker = new Worker(task);
        int slot = 0;
        while (!slots.compareAndSet(slot, null, worker)) {
            slot = (slot + 1) % slots.length();
        }
        worker.slot = slot;
        try {
            threads.apply("melancia-call-" + (slot + 1), worker).start();
        } catch (OutOfMemoryError e) { // the platform's word for "no more threads"
            worker.free();
            throw new RejectedExecutionException("the platform has no thread left for a model", e);
        }
    }

    private void push(Worker worker) {
        long head = idle.get();
        while (true) {
            worker.below = (int) (head & SLOT_MASK);
            long next = ((head & ~SLOT_MASK) + VERSION) | (worker.slot + 1);
            if (idle.compareAndSet(head, next)) {
                return;
            }
            head = idle.get();
        }
    }

    private @Nullable Worker pop() {
        long head = idle.get();
        while (true) {
            int top = (int) (head & SLOT_MASK);
            if (top == 0) {
                return null;
            }
            Worker worker = slots.get(top - 1);
            if (worker != null && idle.compareAndSet(head, ((head & ~SLOT_MASK) + VERSION) | worker.below)) {
                return worker;
            }
            head = idle.get();
        }
    }

    /** Threads that live, idle or not. */
    int alive() {
        return alive.taken();
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker = pop(); worker != null; worker = pop()) {
            worker.end();
        }
    }

    private final class Worker implements Runnable {

        private @Nullable Thread thread;
        private volatile @Nullable Runnable task;
        private volatile boolean ended;
        private volatile int below;
        private volatile int slot;

        Worker(Runnable first) {
            this.task = first;
        }

        void give(Runnable next) {
            task = next;
            LockSupport.unpark(thread);
        }

        void end() {
            ended = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                Runnable next = task;
                while (next != null) {
                    task = null;
                    runSafely(next);
                    next = closed ? null : await();
                }
            } finally {
                free();
            }
        }

        void free() {
            slots.set(slot, null);
            alive.release();
        }

        /** The next task, or null when this worker should end. */
        private @Nullable Runnable await() {
            push(this);
            if (closed) {
                close();
            }
            Runnable next = task;
            while (next == null && !ended) {
                LockSupport.parkNanos(this, keepAliveNanos);
                next = task;
                if (next == null && !ended) {
                    endOne();
                }
            }
            return next;
        }

        /** This worker was not needed for a whole keep-alive (or woke for nothing, which costs one thread at worst). */
        private void endOne() {
            Worker top = pop();
            if (top != null) {
                top.end();
            }
        }

        private void runSafely(Runnable next) {
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, e);
            }
            if (Thread.interrupted()) { // meant for the task that just ended
                LockSupport.parkNanos(this, 1); // takes the permit it left, or the idle thread would wake for nothing
            }
        }
    }
}
