package dev.melancia.benchmark;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, and outlives their exceptions: each one's first is logged. Confined to the thread of the run. */
final class SafeListeners {

    private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);

    private final List<BenchmarkListener> listeners;
    private final Set<BenchmarkListener> broken = new HashSet<>();

    SafeListeners(List<BenchmarkListener> listeners) {
        this.listeners = listeners;
    }

    void tell(Consumer<BenchmarkListener> event) {
        for (BenchmarkListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                if (broken.add(listener)) {
                    LOG.atWarn()
                            .setCause(e)
                            .addKeyValue("listener", listener.getClass().getName())
                            .log("benchmark listener failed; its later failures are not logged");
                }
            }
        }
    }
}
