package dev.melancia.router;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
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

    private static final long NEVER = Long.MAX_VALUE;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LISTS = 8;

    private final LongSupplier ticker;
    private final long originNanos;
    private final List<Watched> lists =
            Stream.generate(Watched::new).limit(LISTS).toList();
    private final AtomicLong wakeAt = new AtomicLong(NEVER);
    private final ReentrantLock threadLock = new ReentrantLock();
    private @Nullable Thread thread;
    private volatile boolean closed;

    Deadlines(LongSupplier ticker) {
        this.ticker = ticker;
        this.originNanos = ticker.getAsLong();
    }

    /** From now on this thread, which calls the model, is interrupted at the deadline. */
    Watch begin(RoutedModel model, long deadlineNanos) {
        Thread caller = Thread.currentThread();
        Watched list = lists.get(caller.hashCode() & (LISTS - 1));
        Watch watch = new Watch(caller, model, deadlineNanos - originNanos, list);
        list.add(watch);
        wakeBy(watch.at);
        return watch;
    }

    /** The model returned; whether its thread was interrupted here. The interrupt is taken back. */
    boolean end(Watch watch) {
        watch.list.remove(watch);
        if (watch.compareAndSet(Watch.RUNNING, Watch.DONE)) {
            return false;
        }
        while (watch.get() == Watch.INTERRUPTING) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        demoteIfDeaf(watch, ticker.getAsLong() - originNanos);
        return true;
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
    }

    private void wake() {
        threadLock.lock();
        try {
            Thread current = thread;
            if (current == null) {
                current = Workers.thread("melancia-deadline", this::watchOver);
                thread = current;
                current.start();
            } else {
                LockSupport.unpark(current);
            }
        } finally {
            threadLock.unlock();
        }
    }

    private void watchOver() {
        while (true) {
            long now = ticker.getAsLong() - originNanos;
            long at = wakeAt.get();
            if (at > now) {
                if (at != NEVER || !closed) {
                    LockSupport.parkNanos(this, at == NEVER ? IDLE_NANOS : at - now);
                }
                if (at == NEVER && endsIdle()) {
                    return;
                }
            } else {
                wakeAt.set(NEVER); // before the look: what is linked meanwhile lowers it again
                wakeAt.accumulateAndGet(lookThrough(now), Math::min);
            }
        }
    }

    private boolean endsIdle() {
        threadLock.lock();
        try {
            boolean idle = wakeAt.get() == NEVER;
            if (idle) {
                thread = null;
            }
            return idle;
        } finally {
            threadLock.unlock();
        }
    }

    /** Interrupts whoever is late; when to look again. */
    private long lookThrough(long now) {
        long next = NEVER;
        for (Watched list : lists) {
            next = Math.min(next, list.earliest(watch -> look(watch, now)));
        }
        return next;
    }

    /** When to look at this one again. */
    private static long look(Watch watch, long now) {
        if (now < watch.at) {
            return watch.at;
        }
        if (watch.compareAndSet(Watch.RUNNING, Watch.INTERRUPTING)) {
            watch.caller.interrupt();
            watch.set(Watch.INTERRUPTED);
        }
        return demoteIfDeaf(watch, now) ? NEVER : watch.at + GRACE_NANOS;
    }

    private static boolean demoteIfDeaf(Watch watch, long now) {
        boolean deaf = now - watch.at >= GRACE_NANOS;
        if (deaf) {
            watch.model.runOnWorkers(Duration.ofNanos(now - watch.at));
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
                wakeAt.set(Long.MIN_VALUE); // it looks through all, and for what is left
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
        private final long at;
        private final Watched list;
        private @Nullable Watch previous;
        private @Nullable Watch next;

        private Watch(Thread caller, RoutedModel model, long at, Watched list) {
            this.caller = caller;
            this.model = model;
            this.at = at;
            this.list = list;
        }
    }

    /** Some of the callers: a linked list in the nodes themselves, so that one comes and goes in no time. */
    private static final class Watched {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Watch first;
        private int size;

        void add(Watch watch) {
            lock.lock();
            try {
                watch.next = first;
                if (first != null) {
                    first.previous = watch;
                }
                first = watch;
                size++;
            } finally {
                lock.unlock();
            }
        }

        void remove(Watch watch) {
            lock.lock();
            try {
                if (watch.previous == null) {
                    first = watch.next;
                } else {
                    watch.previous.next = watch.next;
                }
                if (watch.next != null) {
                    watch.next.previous = watch.previous;
                }
                size--;
            } finally {
                lock.unlock();
            }
        }

        long earliest(ToLongFunction<Watch> look) {
            long earliest = NEVER;
            lock.lock();
            try {
                for (Watch watch = first; watch != null; watch = watch.next) {
                    earliest = Math.min(earliest, look.applyAsLong(watch));
                }
            } finally {
                lock.unlock();
            }
            return earliest;
        }

        int size() {
            lock.lock();
            try {
                return size;
            } finally {
                lock.unlock();
            }
        }
    }
}
