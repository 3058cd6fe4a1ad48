package dev.melancia.router;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's listeners of one kind: each is told, and what one throws is said once and never reaches the call. Thread-safe. */
final class Listeners<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final String kind;
    private final List<T> listeners;
    private final Set<Class<?>> complainedOf = ConcurrentHashMap.newKeySet();

    Listeners(String kind, List<T> listeners) {
        this.kind = kind;
        this.listeners = List.copyOf(listeners);
    }

    List<T> list() {
        return listeners;
    }

    void each(Consumer<T> signal) {
        for (int i = 0; i < listeners.size(); i++) {
            tell(listeners.get(i), signal);
        }
    }

    /** As {@link #each}, one that may belong to a single call. */
    void tell(T listener, Consumer<T> signal) {
        try {
            signal.accept(listener);
        } catch (Exception | LinkageError | AssertionError e) { // checked ones too, from Kotlin or a proxy: a
            // listener's mistake, a failed assertion included, is not the call's
            complain(listener.getClass(), e);
        }
    }

    private void complain(Class<?> listener, Throwable error) {
        if (complainedOf.add(listener)) {
            LOG.atWarn()
                    .addKeyValue("listener", listener.getName())
                    .addKeyValue("error", error.getClass().getName())
                    .log(kind + " throws; the call goes on, and this is said once");
        }
    }
}
