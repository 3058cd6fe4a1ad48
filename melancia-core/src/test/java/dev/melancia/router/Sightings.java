package dev.melancia.router;

import java.util.Map;
import java.util.TreeMap;

/** How often something was seen in all schedules together: what never happens is not tested. Confined to one thread. */
final class Sightings {

    private final Map<String, Integer> counts = new TreeMap<>();

    void saw(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
