package dev.melancia.analysis;

import java.util.HashSet;
import java.util.List;

/** The values of two subjects on the questions for which both have one. Immutable. */
final class PairedValues {

    private final Observations first;
    private final Observations second;
    private final List<String> ids;

    PairedValues(Observations first, Observations second) {
        this.first = first;
        this.second = second;
        ids = first.ids().stream().filter(id -> second.mean(id).isPresent()).toList();
    }

    double[] first() {
        return values(first);
    }

    double[] second() {
        return values(second);
    }

    private double[] values(Observations observations) {
        return ids.stream()
                .mapToDouble(id -> observations.mean(id).orElseThrow())
                .toArray();
    }

    /** The group of each question, in the order of the values. */
    List<String> groups() {
        return ids.stream().map(first::group).toList();
    }

    int n() {
        return ids.size();
    }

    int clusters() {
        return new HashSet<>(groups()).size();
    }
}
