package dev.melancia.mlflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of one journal line while it is read. Confined to one thread. */
final class RunEventFields {

    static final String STARTED = "run_started";
    static final String PARAM = "param";
    static final String METRIC = "metric";
    static final String TAG = "tag";
    static final String ARTIFACT = "artifact";
    static final String ENDED = "run_ended";

    private final Map<String, String> texts = new HashMap<>();

    void read(String name, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT || json.currentToken() == JsonToken.START_ARRAY) {
            json.skipChildren();
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            texts.put(name, json.getText());
        }
    }

    Optional<RunEvent> event() {
        String type = texts.getOrDefault("type", "");
        return switch (type) {
            case STARTED -> Optional.of(new RunEvent.Started(run(), at(), text("experiment"), text("name")));
            case PARAM -> Optional.of(new RunEvent.Param(run(), at(), text("key"), text("value")));
            case METRIC -> Optional.of(new RunEvent.Metric(run(), text("key"), point()));
            case TAG -> Optional.of(new RunEvent.Tag(run(), at(), text("key"), text("value")));
            case ARTIFACT -> Optional.of(new RunEvent.Artifact(run(), at(), text("path"), number("bytes")));
            case ENDED -> Optional.of(new RunEvent.Ended(run(), at(), RunOutcome.valueOf(text("outcome"))));
            default -> Optional.empty();
        };
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
            throw new IllegalArgumentException("a run event of type " + texts.get("type") + " must have " + name);
        }
        return text;
    }
}
