package dev.melancia.router;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks in when a stream's model should have sent a first piece, if a second one may then be asked. Thread-safe. */
final class Patience {

    private final Engine engine;
    private final Consumer<StreamAttempt> slow;
    private volatile @Nullable Watchdog watchdog;

    /** @param slow told of the attempt that is slow, which may be over by then */
    Patience(Engine engine, Consumer<StreamAttempt> slow) {
        this.engine = engine;
        this.slow = slow;
    }

    void begin(StreamAttempt attempt) {
        if (attempt.run.hedge || !engine.mayHedge()) {
            return;
        }
        long usual = attempt.run.model.load.slowAfterNanos(engine.hedging, true, attempt.run.startNanos);
        if (usual != Latencies.UNKNOWN) {
            Watchdog next = new Watchdog(engine.timers, () -> slow.accept(attempt));
            watchdog = next;
            next.comeIn(usual);
        }
    }

    void end() {
        Watchdog current = watchdog;
        if (current != null) {
            current.end();
        }
    }
}
