package dev.melancia.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Subjects that run one after another, because they share a machine; lanes run beside each other. A subject that waits for
 * its server holds up those behind it: to go on with them would push its model out of memory. Confined to the thread of the
 * run.
 */
final class Lane {

    private final List<SubjectWork> subjects;
    private int at;

    private Lane(List<SubjectWork> subjects) {
        this.subjects = List.copyOf(subjects);
    }

    /** A lane for each machine, in the order of the subjects, and one for each remote subject. */
    static List<Lane> of(List<SubjectWork> subjects) {
        Map<Object, List<SubjectWork>> lanes = new LinkedHashMap<>();
        for (SubjectWork work : subjects) {
            Object key =
                    work.placement().machine().<Object>map(machine -> machine).orElse(work);
            lanes.computeIfAbsent(key, absent -> new ArrayList<>()).add(work);
        }
        return lanes.values().stream().map(Lane::new).toList();
    }

    /** Whose turn it is; empty at the end of the lane. */
    Optional<SubjectWork> current() {
        while (at < subjects.size() && subjects.get(at).isOver()) {
            at++;
        }
        return at < subjects.size() ? Optional.of(subjects.get(at)) : Optional.empty();
    }

    List<SubjectWork> subjects() {
        return subjects;
    }

    /** The most calls that are ever under way in it. */
    int concurrency() {
        return subjects.stream()
                .mapToInt(work -> work.placement().concurrency())
                .max()
                .orElse(0);
    }
}
