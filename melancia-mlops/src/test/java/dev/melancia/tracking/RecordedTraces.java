package dev.melancia.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TrackingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What a tracker's folder holds for MLflow, in the order it was recorded. */
record RecordedTraces(List<TrackingEvent> events) {

    static RecordedTraces in(Path folder) {
        List<TrackingEvent> events = new ArrayList<>();
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            EventCodec.decode(next.get().json()).ifPresent(events::add);
        }
        return new RecordedTraces(events);
    }

    <E extends TrackingEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The spans of each trace of a run, roots first. */
    List<List<JsonNode>> spans(String runId) {
        return all(TraceEvent.Spans.class).stream()
                .filter(event -> event.target().runId().equals(Optional.of(runId)))
                .map(event -> list(json(event).at("/resourceSpans/0/scopeSpans/0/spans")))
                .toList();
    }

    List<JsonNode> assessments(String name) {
        return all(TraceEvent.Assessed.class).stream()
                .map(RecordedTraces::json)
                .filter(assessment ->
                        assessment.path("assessment_name").asText().equals(name))
                .toList();
    }

    /** Text of an attribute of a span; empty when it is not there. */
    static String attribute(JsonNode span, String key) {
        return list(span.path("attributes")).stream()
                .filter(attribute -> attribute.path("key").asText().equals(key))
                .map(attribute -> attribute.path("value").elements().next())
                .map(value -> value.isValueNode() ? value.asText() : value.toString())
                .findFirst()
                .orElse("");
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static JsonNode json(TraceEvent event) {
        try {
            return new JsonMapper().readTree(event.json());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
