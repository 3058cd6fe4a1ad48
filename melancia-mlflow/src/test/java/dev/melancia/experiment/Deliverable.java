package dev.melancia.experiment;

import dev.melancia.mlflow.event.RunEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a server would end up with: per run the events between its starts and ends, whose order does not matter there. */
final class Deliverable {

    private final List<String> phases = new ArrayList<>();
    private final List<String> points = new ArrayList<>();
    private final Map<String, String> tags = new LinkedHashMap<>();

    private Deliverable() {}

    static List<String> of(List<RunEvent> events) {
        Map<String, Deliverable> runs = new LinkedHashMap<>();
        for (RunEvent event : events) {
            runs.computeIfAbsent(event.runId(), run -> new Deliverable()).add(event);
        }
        return runs.entrySet().stream()
                .map(run -> run.getKey() + run.getValue().text())
                .sorted()
                .toList();
    }

    private void add(RunEvent event) {
        if (event instanceof RunEvent.Points packed) {
            packed.metrics().forEach(metric -> points.add(metric.toString()));
        } else if (event instanceof RunEvent.Metric || event instanceof RunEvent.Param) {
            points.add(event.toString());
        } else if (event instanceof RunEvent.Artifact) {
            points.add(event.toString());
        } else if (event instanceof RunEvent.Tag tag) {
            tags.put(tag.key(), tag.value());
        } else {
            phases.add(phase());
            phases.add(event.toString());
        }
    }

    private String phase() {
        String phase = points.stream().sorted().toList() + " " + new TreeMap<>(tags);
        points.clear();
        tags.clear();
        return phase;
    }

    private String text() {
        phases.add(phase());
        return phases.toString();
    }
}
