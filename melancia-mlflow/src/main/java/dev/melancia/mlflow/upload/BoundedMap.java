package dev.melancia.mlflow.upload;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries that were used last, by our run id; whatever can be found out again needs no more room than this. */
final class BoundedMap<V> {

    private final int most;
    private final LinkedHashMap<String, V> entries = new LinkedHashMap<>(16, 0.75f, true);

    BoundedMap(int most) {
        this.most = most;
    }

    @Nullable
    V get(String key) {
        return entries.get(key);
    }

    boolean containsKey(String key) {
        return entries.get(key) != null; // Not containsKey: looking at an entry is a use of it.
    }

    void put(String key, V value) {
        entries.put(key, value);
        if (entries.size() > most) {
            Iterator<String> eldest = entries.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    @Nullable
    V remove(String key) {
        return entries.remove(key);
    }

    int size() {
        return entries.size();
    }

    /** A copy, least recently used first. */
    Map<String, V> copy() {
        return new LinkedHashMap<>(entries);
    }
}
