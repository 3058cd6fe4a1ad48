package dev.melancia.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.TraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stands in a journal of traces. */
record WrittenTraces(List<TraceEvent> events) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static WrittenTraces in(Path folder) {
        List<TraceEvent> events = new ArrayList<>();
        JournalReader reader = new JournalReader(folder, JournalPosition.START);
        Optional<JournalRecord> record = reader.next();
        while (record.isPresent()) {
            events.add((TraceEvent) EventCodec.decode(record.get().json()).orElseThrow());
            record = reader.next();
        }
        return new WrittenTraces(events);
    }

    /** Every byte of a folder as text, for what must not be there. */
    static String bytes(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    List<TraceEvent.Spans> traces() {
        return events.stream()
                .filter(TraceEvent.Spans.class::isInstance)
                .map(TraceEvent.Spans.class::cast)
                .toList();
    }

    List<JsonNode> assessments() throws IOException {
        List<JsonNode> assessments = new ArrayList<>();
        for (TraceEvent event : events) {
            if (event instanceof TraceEvent.Assessed) {
                assessments.add(MAPPER.readTree(event.json()));
            }
        }
        return assessments;
    }

    /** The spans of a trace, root first. */
    JsonNode spans(int trace) throws IOException {
        return MAPPER.readTree(traces().get(trace).json()).at("/resourceSpans/0/scopeSpans/0/spans");
    }

    /** Attributes of a span as text; those with parts as JSON. */
    Map<String, String> attributes(int trace, int span) throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        for (JsonNode attribute : spans(trace).get(span).path("attributes")) {
            JsonNode value = attribute.path("value").elements().next();
            attributes.put(attribute.path("key").asText(), value.isValueNode() ? value.asText() : value.toString());
        }
        return attributes;
    }
}
