package dev.melancia.call;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries, so many and so old at most. A cache that learns what is asked for (Caffeine's) would drop new entries
 * that nobody asked for yet and keep older ones: here the oldest goes. Confined to its owner's lock.
 */
final class Newest<K, V> {

    private record Entry<V>(V value, long nanos) {}

    private final int most;
    private final long ageNanos;
    private final Consumer<V> onLeaving;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    /** Entries that leave for their age, or for want of room, are told of. */
    Newest(int most, long ageNanos, Consumer<V> onLeaving) {
        this.most = most;
        this.ageNanos = ageNanos;
        this.onLeaving = onLeaving;
    }

    /** Adds an entry as the newest, in place of one of the same key. */
    void put(K key, V value, long now) {
        entries.remove(key);
        expire(now);
        if (entries.size() >= most) {
            leave(entries.values().iterator());
        }
        entries.put(key, new Entry<>(value, now));
    }

    @Nullable
    V get(K key, long now) {
        expire(now);
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    @Nullable
    V take(K key, long now) {
        expire(now);
        Entry<V> entry = entries.remove(key);
        return entry == null ? null : entry.value;
    }

    /** Lets go of what is too old. */
    void expire(long now) {
        while (!entries.isEmpty() && now - entries.values().iterator().next().nanos >= ageNanos) {
            leave(entries.values().iterator());
        }
    }

    private void leave(Iterator<Entry<V>> oldest) {
        V value = oldest.next().value;
        oldest.remove();
        onLeaving.accept(value);
    }
}
