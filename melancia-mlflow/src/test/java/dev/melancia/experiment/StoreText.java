package dev.melancia.experiment;

import java.util.Collection;
import java.util.TreeSet;

/** All that a store tells, as one text. */
final class StoreText {

    private StoreText() {}

    static String of(RunStore store, Collection<String> ids) {
        StringBuilder text = new StringBuilder();
        store.runs("e").forEach(run -> text.append(run.id()).append(' '));
        for (String id : new TreeSet<>(ids)) {
            text.append('\n').append(id).append(' ');
            store.find(id).ifPresent(run -> append(store, run, text));
        }
        return text.toString();
    }

    private static void append(RunStore store, RecordedRun run, StringBuilder text) {
        text.append(run).append(run.startedAt()).append(run.endedAt()).append(run.params());
        text.append(run.tags()).append(run.metrics()).append(run.artifacts().keySet());
        run.metrics().keySet().forEach(key -> text.append(store.history(run.id(), key)));
    }
}
