package dev.melancia.router;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Time that a test moves by hand. Callers who wait no longer than a given jump move it on themselves, at once. */
class HandClock implements Parking, Timers {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Counted down when a caller begins to wait for longer than a jump. */
    volatile CountDownLatch waiting = new CountDownLatch(1);

    /** Counted down when a caller that was woken begins to wait again. */
    final CountDownLatch waitingAgain = new CountDownLatch(1);

    /** Waits that passed at once, in nanoseconds. */
    final List<Long> jumps = new CopyOnWriteArrayList<>();

    private volatile boolean woken;
    private final List<Timer> timers = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final long jumpNanos;

    /** Never jumps. */
    HandClock() {
        this(Duration.ZERO);
    }

    HandClock(Duration longestJump) {
        this.jumpNanos = longestJump.toNanos();
    }

    ModelRouterBuilder in(ModelRouterBuilder builder) {
        return builder.time(time(), this::nanos).simulated(this, this);
    }

    InstantSource time() {
        return () -> START.plusNanos(nanos.get());
    }

    long nanos() {
        return nanos.get();
    }

    long millis() {
        return time().millis();
    }

    /** Moves time on, and runs what was due by then, in order, on this thread. */
    void pass(Duration duration) {
        long end = nanos.get() + duration.toNanos();
        for (Optional<Timer> next = due(end); next.isPresent(); next = due(end)) {
            Timer timer = next.get();
            timers.remove(timer);
            nanos.accumulateAndGet(timer.at, Math::max);
            timer.run();
        }
        nanos.accumulateAndGet(end, Math::max);
    }

    private Optional<Timer> due(long end) {
        return timers.stream().filter(timer -> timer.at <= end).min(Comparator.comparingLong(timer -> timer.at));
    }

    /** Waits until something is to happen so long from now. */
    void awaitTimer(Duration delay) {
        long at = nanos.get() + delay.toNanos();
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> timers.stream().anyMatch(timer -> timer.at == at && !timer.isCancelled()));
    }

    @Override
    public void park(Object blocker, long wait) {
        if (wait <= jumpNanos) {
            jumps.add(wait);
            nanos.addAndGet(wait);
        } else {
            waiting.countDown();
            if (woken) {
                waitingAgain.countDown();
            }
            LockSupport.parkNanos(blocker, SECONDS.toNanos(10));
        }
    }

    @Override
    public void unpark(Thread thread) {
        woken = true;
        LockSupport.unpark(thread);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        Timer timer = new Timer(task, nanos.get() + delayNanos);
        timers.add(timer);
        return timer;
    }

    @Override
    public void close() {}

    private static final class Timer extends FutureTask<Void> {

        private final long at;

        Timer(Runnable task, long at) {
            super(task, null);
            this.at = at;
        }
    }
}
