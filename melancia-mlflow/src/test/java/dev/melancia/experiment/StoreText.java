package dev.melancia.experiment;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** All that a store tells, as one text. */
final class StoreText {

    private StoreText() {}

    /** With the points of the first metric of the first run only: each costs a look at the whole folder. */
    static String brief(RunStore store, Collection<String> ids) {
        return of(store, ids, 1);
    }

    static String of(RunStore store, Collection<String> ids) {
        return of(store, ids, Integer.MAX_VALUE);
    }

    private static String of(RunStore store, Collection<String> ids, int histories) {
        int left = histories;
        StringBuilder text = new StringBuilder();
        store.runs("e").forEach(run -> text.append(run.id()).append(' '));
        for (String id : new TreeSet<>(ids)) {
            text.append('\n').append(id).append(' ');
            Optional<RecordedRun> run = store.find(id);
            run.ifPresent(found -> append(found, text));
            for (String key :
                    run.isEmpty() ? List.<String>of() : run.get().metrics().keySet()) {
                if (left-- > 0) {
                    text.append(store.history(id, key));
                }
            }
        }
        return text.toString();
    }

    private static void append(RecordedRun run, StringBuilder text) {
        text.append(run).append(run.startedAt()).append(run.endedAt()).append(run.params());
        text.append(run.tags()).append(run.metrics()).append(run.artifacts().keySet());
    }
}
