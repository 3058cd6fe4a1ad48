package dev.melancia.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Time, threads and chance of one schedule. Whatever happens is an event with its virtual time, and one thread runs at a
 * time: the one that holds the baton. So a schedule is a function of its seed alone. Events of the same moment come in the
 * order in which they were made, or in an order drawn from the seed.
 */
final class SimulatedWorld implements Parking, Timers {

    private static final int MOST_EVENTS = 200_000;
    private static final long STUCK_SECONDS = 60;
    private static final long LONGEST_WAIT = TimeUnit.HOURS.toNanos(1);

    final Chance chance;
    final Sightings sightings;
    final List<String> violations = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingInt(Event::turn).thenComparingLong(Event::number));
    private final List<SimulatedThread> hanging = new ArrayList<>();
    private final SimulatedThread.Pool pool;
    private final Semaphore home = new Semaphore(0);
    private final List<String> trace;
    private final boolean shuffled;

    /** Whether others run while a thread holds a lock of the engine, as with a slow host; else everything else may happen. */
    final boolean locksAreHeld;

    private long now;
    private long number;
    private int timers;

    /** @param trace where to write down what happens; null where nobody wants to know */
    SimulatedWorld(Chance chance, Theatre theatre, List<String> trace) {
        this.chance = chance;
        this.sightings = theatre.sightings();
        this.pool = theatre.threads();
        this.trace = trace;
        this.shuffled = chance.of(.5);
        this.locksAreHeld = chance.of(.5);
    }

    /** Nanoseconds since the schedule began. */
    long now() {
        return now;
    }

    void tell(Supplier<String> what) {
        if (trace != null) {
            trace.add("%,15d  %s".formatted(now, what.get()));
        }
    }

    void violated(String what) {
        violations.add(what);
        tell(() -> "VIOLATED: " + what);
    }

    void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            violated(what.get());
        }
    }

    /** Something that takes no time, on a thread of its own kind. */
    void at(long delayNanos, Runnable action) {
        events.add(new Event(now + delayNanos, shuffled ? chance.below(4) : 0, number++, action));
    }

    /** A thread that begins later. */
    SimulatedThread begin(long delayNanos, Runnable body) {
        SimulatedThread thread = pool.take(this, body);
        wake(thread, delayNanos);
        return thread;
    }

    /** Goes on until nothing is to come. */
    void runUntilQuiet() {
        int count = 0;
        for (Event event = events.poll(); event != null; event = events.poll()) {
            now = event.at;
            guarded(event.action);
            if (++count > MOST_EVENTS) {
                throw new IllegalStateException("the schedule does not come to rest");
            }
        }
    }

    void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            violated("escaped: " + e + " at "
                    + List.of(e.getStackTrace()).stream().limit(6).toList());
        }
    }

    /** Gives the baton to a thread and takes it back. */
    private void resume(SimulatedThread thread) {
        thread.baton.release();
        try {
            if (!home.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("blocked for real: " + List.of(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the simulation itself was interrupted", e);
        }
    }

    /** A thread is over, or waits: the baton goes back. */
    void yieldBaton() {
        home.release();
    }

    void wake(SimulatedThread thread, long delayNanos) {
        long waits = thread.waits;
        at(delayNanos, () -> {
            if (thread.waits == waits) {
                resume(thread);
            }
        });
    }

    private SimulatedThread current() {
        if (Thread.currentThread() instanceof SimulatedThread thread) {
            return thread;
        }
        throw new IllegalStateException("only a thread of the simulation may wait");
    }

    @Override
    public void park(Object blocker, long nanos) {
        SimulatedThread thread = current();
        if (!thread.permit && !thread.isInterrupted() && nanos > 0) {
            if (nanos < LONGEST_WAIT) {
                wake(thread, nanos);
            }
            if (chance.of(.02)) {
                wake(thread, chance.below(50_000_000)); // for no reason at all, as the platform may
            }
            thread.parked = true;
            thread.await();
            thread.parked = false;
        }
        thread.permit = false;
    }

    @Override
    public void unpark(Thread woken) {
        SimulatedThread thread = (SimulatedThread) woken;
        thread.permit = true;
        if (thread.parked) {
            wake(thread, 0);
        }
    }

    /** Lets others go first. */
    void pass() {
        if (locksAreHeld && Thread.currentThread() instanceof SimulatedThread thread) {
            wake(thread, 0);
            thread.await();
        }
    }

    /** Waits that long; false when it was interrupted before, unless deaf. */
    boolean sleep(long nanos, boolean deaf) {
        long end = now + nanos;
        return waitFor(() -> now >= end, () -> wake(current(), end - now), deaf);
    }

    /** Waits until the schedule lets all go; false when it was interrupted before, unless deaf. */
    boolean hang(boolean deaf) {
        SimulatedThread thread = current();
        hanging.add(thread);
        return waitFor(() -> !hanging.contains(thread), () -> {}, deaf);
    }

    private boolean waitFor(BooleanSupplier over, Runnable waker, boolean deaf) {
        SimulatedThread thread = current();
        while (!over.getAsBoolean()) {
            if (!deaf && thread.isInterrupted()) {
                hanging.remove(thread);
                return false;
            }
            waker.run();
            thread.listening = !deaf;
            thread.await();
            thread.listening = false;
        }
        return true;
    }

    /** Lets everything go that hangs. */
    int free() {
        List<SimulatedThread> freed = List.copyOf(hanging);
        hanging.clear();
        freed.forEach(thread -> wake(thread, chance.below(1_000_000)));
        return freed.size();
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        SimulatedTimer timer = new SimulatedTimer(() -> timers--);
        timers++;
        at(Math.max(0, Math.min(delayNanos, LONGEST_WAIT * 24)), () -> {
            if (timer.begins()) {
                task.run();
            }
        });
        return timer;
    }

    /** Timers that have neither come nor been called off. */
    int timers() {
        return timers;
    }

    @Override
    public void close() {}

    /** What outlives a schedule: its threads, and what was seen. */
    record Theatre(SimulatedThread.Pool threads, Sightings sightings) implements AutoCloseable {

        Theatre() {
            this(new SimulatedThread.Pool(), new Sightings());
        }

        @Override
        public void close() {
            threads.close();
        }
    }

    private record Event(long at, int turn, long number, Runnable action) {}
}
