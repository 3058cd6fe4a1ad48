package dev.melancia.mlflow.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one journal line while it is read. Confined to one thread. */
final class EventFields {

    static final String STARTED = "run_started";
    static final String PARAM = "param";
    static final String METRIC = "metric";
    static final String POINTS = "points";
    static final String TAG = "tag";
    static final String ARTIFACT = "artifact";
    static final String ENDED = "run_ended";
    static final String RESUMED = "run_resumed";
    static final String NESTED = "run_nested";
    static final String DATASET = "dataset";
    static final String SPANS = "spans";
    static final String ASSESSED = "assessment";

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> OBJECTS = Set.of("spans", "assessment", "source", "schema", "profile");

    private final Map<String, String> texts = new HashMap<>();
    private String type = "";
    private @Nullable String run;
    private @Nullable String key;
    private @Nullable Long at;
    private @Nullable Long step;
    private @Nullable Double value;
    private double[] values = new double[0];
    private long[] steps = new long[0];
    private long[] times = new long[0];

    /** The fields of metrics, which are nearly all lines, go round the map and are not made texts. */
    void read(String name, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_ARRAY) {
            array(name, json);
        } else if (token == JsonToken.START_OBJECT) {
            object(name, json);
        } else if (token != JsonToken.VALUE_NULL) {
            scalar(name, json);
        }
    }

    private void scalar(String name, JsonParser json) throws IOException {
        switch (name) {
            case "v" -> {}
            case "type" -> type = json.getText();
            case "run" -> run = json.getText();
            case "key" -> key = json.getText();
            case "at" -> at = NumberArrays.integer(json);
            case "step" -> step = NumberArrays.integer(json);
            case "value" -> value(json);
            default -> texts.put(name, json.getText());
        }
    }

    private void value(JsonParser json) throws IOException {
        if (type.equals(METRIC)) {
            value = NumberArrays.number(json);
        } else {
            texts.put("value", json.getText());
        }
    }

    private void array(String name, JsonParser json) throws IOException {
        switch (name) {
            case "values" -> values = NumberArrays.numbers(json, RunEvent.Points.MAX_POINTS);
            case "steps" -> steps = NumberArrays.sums(json, RunEvent.Points.MAX_POINTS);
            case "times" -> times = NumberArrays.sums(json, RunEvent.Points.MAX_POINTS);
            default -> json.skipChildren();
        }
    }

    private void object(String name, JsonParser json) throws IOException {
        if (OBJECTS.contains(name)) {
            texts.put(name, copy(json));
        } else {
            json.skipChildren();
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
        return switch (type) {
            case STARTED -> Optional.of(new RunEvent.Started(run(), at(), text("experiment"), text("name")));
            case PARAM -> Optional.of(new RunEvent.Param(run(), at(), key(), text("value")));
            case METRIC -> Optional.of(new RunEvent.Metric(run(), key(), point()));
            case POINTS -> Optional.of(new RunEvent.Points(run(), key(), points()));
            case TAG -> Optional.of(new RunEvent.Tag(run(), at(), key(), text("value")));
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
        return new TraceTarget(text("trace"), text("experiment"), Optional.ofNullable(run));
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
        return new MetricPoint(present("value", value), present("step", step), at());
    }

    private List<MetricPoint> points() {
        if (values.length != steps.length || values.length != times.length) {
            throw new IllegalArgumentException("points must have as many values as steps and times, had "
                    + values.length + ", " + steps.length + " and " + times.length);
        }
        List<MetricPoint> points = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            points.add(new MetricPoint(values[i], steps[i], time(times[i])));
        }
        return points;
    }

    private String run() {
        return present("run", run);
    }

    private String key() {
        return present("key", key);
    }

    private Instant at() {
        return time(present("at", at));
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    private String text(String name) {
        return present(name, texts.get(name));
    }

    private <T> T present(String name, @Nullable T field) {
        if (field == null) {
            throw new IllegalArgumentException("an event of type " + type + " must have " + name);
        }
        return field;
    }
}
