package dev.melancia.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts callers whose model, declared interrupt-safe, runs on their own thread past its limit. A model that goes on
 * all the same loses the declaration. Thread-safe.
 *
 * <p>A call links a node into one of a few lists and unlinks it at its end: two short locks that hardly anybody else
 * wants, and no wake-up of the thread, which sleeps until the earliest deadline it has seen and then looks through all
 * nodes. That is cheap because deadlines are long and seldom pass, and holds as many nodes as callers wait, no more.
 */
final class Deadlines implements AutoCloseable {

    /** How long after its interrupt a model may still run before it is called deaf. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    static final long NEVER = Long.MAX_VALUE;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LISTS = 8;

    private final LongSupplier ticker;
    private final ThreadFactory threads;
    private final long originNanos;
    private final List<Watched> lists =
            Stream.generate(Watched::new).limit(LISTS).toList();
    private final AtomicLong wakeAt = new AtomicLong(NEVER);
    private final ReentrantLock threadLock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    Deadlines(LongSupplier ticker, ThreadFactory threads) {
        this.ticker = ticker;
        this.threads = threads;
        this.originNanos = ticker.getAsLong();
    }

    /** From now on this thread, which calls the model, is interrupted at the deadline; null when nobody can do that. */
    @Nullable
    Watch begin(RoutedModel model, long deadlineNanos) {
        Thread caller = Thread.currentThread();
        Watched list = lists.get(caller.hashCode() & (LISTS - 1));
        Watch watch = new Watch(caller, model, deadlineNanos - originNanos, list);
        list.add(watch);
        try {
            wakeBy(watch.at);
            return watch;
        } catch (RuntimeException | Error e) { // no native thread is to be had: the model must not run unwatched
            list.remove(watch);
            return null;
        }
    }

    /** The model returned; whether its thread was interrupted here. The interrupt is taken back. */
    boolean end(Watch watch) {
        watch.list.remove(watch);
        if (closed) {
            close();
        }
        if (watch.compareAndSet(Watch.RUNNING, Watch.DONE)) {
            return false;
        }
        while (watch.get() == Watch.INTERRUPTING) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        see(watch, now());
        return true;
    }

    private long now() {
        return ticker.getAsLong() - originNanos;
    }

    private void wakeBy(long at) {
        long before = wakeAt.get();
        while (at < before) {
            if (wakeAt.compareAndSet(before, at)) {
                wake();
                return;
            }
            before = wakeAt.get();
        }
        if (thread == null) {
            wake(); // whoever lowered it is only just starting the thread, or failed to
        }
    }

    private void wake() {
        threadLock.lock();
        try {
            if (thread == null) {
                Thread started = threads.newThread(this::watchOver);
                started.start();
                thread = started; // not before: a thread that did not start wakes nobody
            } else {
                LockSupport.unpark(thread);
            }
        } finally {
            threadLock.unlock();
        }
    }

    private void watchOver() {
        while (!closed || !ends()) {
            long now = now();
            long at = wakeAt.get();
            if (at > now) {
                LockSupport.parkNanos(this, at == NEVER ? IDLE_NANOS : at - now);
                if (at == NEVER && ends()) {
                    return;
                }
            } else {
                wakeAt.set(NEVER); // before the look: what is linked meanwhile lowers it again
                wakeAt.accumulateAndGet(lookSurely(), Math::min);
            }
        }
    }

    /** Whether the thread ends: nobody is watched. Who comes meanwhile sees no thread, and waits for the lock. */
    private boolean ends() {
        threadLock.lock();
        try {
            Thread current = thread;
            thread = null; // before the look: who is linked after it starts another one
            boolean idle = watched() == 0;
            if (!idle) {
                thread = current;
            }
            return idle;
        } finally {
            threadLock.unlock();
        }
    }

    private long lookSurely() {
        try {
            return lookThrough();
        } catch (RuntimeException | Error e) { // no memory for a list: there may be some later
            return now() + GRACE_NANOS;
        }
    }

    /** Interrupts whoever is late; when to look again. Hosts' code may run in it (an appender): so no list is locked. */
    long lookThrough() {
        long now = now();
        long next = NEVER;
        List<Watch> late = new ArrayList<>();
        for (Watched list : lists) {
            next = Math.min(next, list.look(now, late));
        }
        for (Watch watch : late) {
            next = Math.min(next, see(watch, now));
        }
        return next;
    }

    private long see(Watch watch, long now) {
        try {
            return seeTo(watch, now);
        } catch (RuntimeException | Error e) { // a logger that breaks, say: others who are watched must not pay for it
            return now + GRACE_NANOS;
        }
    }

    /** When to look at this one, who is late, again. */
    private long seeTo(Watch watch, long now) {
        if (watch.compareAndSet(Watch.RUNNING, Watch.INTERRUPTING)) {
            try {
                watch.interruptedAt = now(); // later than the deadline if the JVM stood still
                watch.caller.interrupt();
            } finally {
                watch.set(Watch.INTERRUPTED);
            }
            return now + GRACE_NANOS;
        }
        return watch.get() == Watch.DONE || demoteIfDeaf(watch, now) ? NEVER : watch.interruptedAt + GRACE_NANOS;
    }

    private static boolean demoteIfDeaf(Watch watch, long now) {
        long deafNanos = now - watch.interruptedAt;
        boolean deaf = deafNanos >= GRACE_NANOS;
        if (deaf) {
            watch.model.runOnWorkers(Duration.ofNanos(deafNanos));
        }
        return deaf;
    }

    /** Callers being watched. */
    int watched() {
        return lists.stream().mapToInt(Watched::size).sum();
    }

    /** The thread goes on while a caller is watched, and no longer; deadlines of calls that are over keep it no more. */
    @Override
    public void close() {
        closed = true;
        threadLock.lock();
        try {
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        } finally {
            threadLock.unlock();
        }
    }

    /** One caller inside a model. States: RUNNING, then DONE, or INTERRUPTING and INTERRUPTED. */
    @SuppressWarnings("serial") // extends AtomicInteger to save an object a call; never serialised
    static final class Watch extends AtomicInteger {

        private static final int RUNNING = 0;
        private static final int DONE = 1;
        private static final int INTERRUPTING = 2;
        private static final int INTERRUPTED = 3;

        private final Thread caller;
        private final RoutedModel model;
        final long at;
        private final Watched list;
        private long interruptedAt;

        /** Guarded by the lock of its list. */
        @Nullable
        Watch previous;

        @Nullable
        Watch next;

        private Watch(Thread caller, RoutedModel model, long at, Watched list) {
            this.caller = caller;
            this.model = model;
            this.at = at;
            this.list = list;
        }
    }
}
