package dev.melancia.benchmark;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where workers report to the thread of the run, and where that thread waits: the only place where a run waits. */
interface Mailbox {

    /** Waits without a limit. */
    long FOR_EVER = Long.MAX_VALUE;

    /** Called from any thread. */
    void put(CallEnd end);

    /**
     * The next report, or null when none came in time.
     *
     * @param nanos longest wait; {@link #FOR_EVER} for no limit
     */
    @Nullable
    CallEnd take(long nanos) throws InterruptedException;

    /** Time of the same clock as the waits, in nanoseconds from any origin. */
    long nanoTime();

    /** One that really waits. */
    static Mailbox waiting(LongSupplier nanoTicker) {
        BlockingQueue<CallEnd> ends = new LinkedBlockingQueue<>();
        return new Mailbox() {
            @Override
            public void put(CallEnd end) {
                ends.add(end);
            }

            @Override
            public @Nullable CallEnd take(long nanos) throws InterruptedException {
                return nanos == FOR_EVER ? ends.take() : ends.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            }

            @Override
            public long nanoTime() {
                return nanoTicker.getAsLong();
            }
        };
    }
}
