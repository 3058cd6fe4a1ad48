package dev.melancia.mlflow.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of one journal line while it is read. Confined to one thread. */
final class EventFields {

    static final String STARTED = "run_started";
    static final String PARAM = "param";
    static final String METRIC = "metric";
    static final String TAG = "tag";
    static final String ARTIFACT = "artifact";
    static final String ENDED = "run_ended";
    static final String RESUMED = "run_resumed";
    static final String NESTED = "run_nested";
    static final String DATASET = "dataset";
    static final String SPANS = "spans";
    static final String ASSESSED = "assessment";

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> OBJECTS = Set.of("spans", "assessment", "source", "schema", "profile");

    private final Map<String, String> texts = new HashMap<>();

    void read(String name, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT && OBJECTS.contains(name)) {
            texts.put(name, copy(json));
        } else if (json.currentToken() == JsonToken.START_OBJECT || json.currentToken() == JsonToken.START_ARRAY) {
            json.skipChildren();
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            texts.put(name, json.getText());
        }
    }

    private static String copy(JsonParser json) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.copyCurrentStructure(json);
        }
        return text.toString();
    }

    Optional<TrackingEvent> event() {
        String type = texts.getOrDefault("type", "");
        return switch (type) {
            case STARTED -> Optional.of(new RunEvent.Started(run(), at(), text("experiment"), text("name")));
            case PARAM -> Optional.of(new RunEvent.Param(run(), at(), text("key"), text("value")));
            case METRIC -> Optional.of(new RunEvent.Metric(run(), text("key"), point()));
            case TAG -> Optional.of(new RunEvent.Tag(run(), at(), text("key"), text("value")));
            case ARTIFACT -> Optional.of(new RunEvent.Artifact(run(), at(), text("path"), number("bytes")));
            case ENDED -> Optional.of(new RunEvent.Ended(run(), at(), RunOutcome.valueOf(text("outcome"))));
            case RESUMED -> Optional.of(new RunEvent.Resumed(run(), at(), text("experiment")));
            case NESTED -> Optional.of(new RunEvent.Nested(run(), at(), text("parent")));
            case DATASET -> Optional.of(new RunEvent.Dataset(run(), at(), dataset()));
            case SPANS -> Optional.of(new TraceEvent.Spans(target(), at(), text("spans")));
            case ASSESSED -> Optional.of(new TraceEvent.Assessed(target(), at(), text("assessment")));
            default -> Optional.empty();
        };
    }

    private TraceTarget target() {
        return new TraceTarget(text("trace"), text("experiment"), Optional.ofNullable(texts.get("run")));
    }

    private DatasetInput dataset() {
        DatasetInput.Builder dataset =
                DatasetInput.builder(text("name"), text("digest")).source(text("source_type"), text("source"));
        Optional.ofNullable(texts.get("context")).ifPresent(dataset::context);
        Optional.ofNullable(texts.get("schema")).ifPresent(dataset::schema);
        Optional.ofNullable(texts.get("profile")).ifPresent(dataset::profile);
        return dataset.build();
    }

    private MetricPoint point() {
        return new MetricPoint(Double.parseDouble(text("value")), number("step"), at());
    }

    private String run() {
        return text("run");
    }

    private Instant at() {
        return Instant.EPOCH.plus(number("at"), ChronoUnit.MICROS);
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    private String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("an event of type " + texts.get("type") + " must have " + name);
        }
        return text;
    }
}
