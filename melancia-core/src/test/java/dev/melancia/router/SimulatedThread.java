package dev.melancia.router;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A thread of a simulation: it runs only while it holds the baton, and is used again when its task is over. */
final class SimulatedThread extends Thread {

    final Semaphore baton = new Semaphore(0);
    private final Pool home;
    private SimulatedWorld world;
    private Runnable body;

    /** How often it waited, so that a wake-up for an earlier wait is known as one. */
    long waits;

    /** Whether it waits as {@link Parking} says, and whether somebody unparked it. */
    boolean parked;

    boolean permit;

    /** Whether it sleeps and heeds interrupts. */
    boolean listening;

    private SimulatedThread(Pool home) {
        super(null, null, "simulated-" + home.all.size(), 128 * 1024, false);
        this.home = home;
        setDaemon(true);
    }

    @Override
    public void run() {
        while (true) {
            baton.acquireUninterruptibly();
            if (body == null) {
                return;
            }
            waits++;
            world.guarded(body);
            Thread.interrupted();
            permit = false;
            body = null;
            home.free.add(this);
            world.yieldBaton();
        }
    }

    /** Gives the baton away until it is woken; an interrupt meanwhile is kept, as a flag. */
    void await() {
        world.yieldBaton();
        baton.acquireUninterruptibly();
        waits++;
    }

    @Override
    public void interrupt() {
        super.interrupt();
        boolean byAnother =
                Thread.currentThread() != this; // a semaphore that kept an interrupt gives it back by this method
        if (byAnother && body != null && (parked || listening)) {
            world.wake(this, 0);
        }
    }

    /** Threads that are used again by one schedule after the other. Confined to who holds the baton. */
    static final class Pool implements AutoCloseable {

        private final ArrayDeque<SimulatedThread> free = new ArrayDeque<>();
        private final List<SimulatedThread> all = new ArrayList<>();

        SimulatedThread take(SimulatedWorld world, Runnable body) {
            SimulatedThread thread = free.poll();
            if (thread == null) {
                thread = new SimulatedThread(this);
                all.add(thread);
                thread.start();
            }
            thread.world = world;
            thread.body = body;
            return thread;
        }

        @Override
        public void close() {
            free.forEach(thread -> thread.baton.release());
        }
    }
}
