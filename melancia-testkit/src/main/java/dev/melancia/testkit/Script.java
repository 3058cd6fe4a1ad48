package dev.melancia.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Steps in order, the last one for ever, and the requests that took them. */
final class Script<S, R> {

    private final List<S> steps;
    private final AtomicInteger next = new AtomicInteger();
    private final List<R> requests = new CopyOnWriteArrayList<>();

    Script(List<S> steps) {
        this.steps = List.copyOf(steps);
    }

    static <S> List<S> then(List<S> steps, S step) {
        List<S> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }

    S take(R request) {
        requests.add(request);
        int index = next.getAndUpdate(i -> Math.min(i + 1, steps.size() - 1));
        return steps.get(index);
    }

    List<R> requests() {
        return List.copyOf(requests);
    }
}
