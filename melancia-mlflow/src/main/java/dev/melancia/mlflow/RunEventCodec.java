package dev.melancia.mlflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Run events as JSON lines: {@code v} first, times in epoch microseconds, what is absent is unknown, unknown fields and
 * types are ignored. Stateless, thread-safe.
 *
 * @since 0.1.0
 */
public final class RunEventCodec {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int VERSION = 1;

    private RunEventCodec() {}

    /** The event as one JSON object on one line, in UTF-8. */
    public static byte[] encode(RunEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeStringField("type", type(event));
            json.writeStringField("run", event.runId());
            json.writeNumberField("at", ChronoUnit.MICROS.between(Instant.EPOCH, event.at()));
            writeRest(event, json);
            json.writeEndObject();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    /**
     * The event of a line, or empty when the line is something else than a run event.
     *
     * @throws IllegalArgumentException when it is a run event that breaks a rule, or is not JSON
     */
    public static Optional<RunEvent> decode(byte[] line) {
        RunEventFields fields = new RunEventFields();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a run event must be a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.read(name, json);
            }
        } catch (IOException notJson) {
            throw new IllegalArgumentException("a run event must be JSON", notJson);
        }
        return fields.event();
    }

    private static String type(RunEvent event) {
        if (event instanceof RunEvent.Metric) {
            return RunEventFields.METRIC;
        } else if (event instanceof RunEvent.Param) {
            return RunEventFields.PARAM;
        } else if (event instanceof RunEvent.Tag) {
            return RunEventFields.TAG;
        } else if (event instanceof RunEvent.Artifact) {
            return RunEventFields.ARTIFACT;
        } else if (event instanceof RunEvent.Started) {
            return RunEventFields.STARTED;
        }
        return RunEventFields.ENDED;
    }

    private static void writeRest(RunEvent event, JsonGenerator json) throws IOException {
        if (event instanceof RunEvent.Metric metric) {
            json.writeStringField("key", metric.key());
            json.writeFieldName("value");
            writeDouble(metric.point().value(), json);
            json.writeNumberField("step", metric.point().step());
        } else if (event instanceof RunEvent.Param param) {
            json.writeStringField("key", param.key());
            json.writeStringField("value", param.value());
        } else if (event instanceof RunEvent.Tag tag) {
            json.writeStringField("key", tag.key());
            json.writeStringField("value", tag.value());
        } else if (event instanceof RunEvent.Artifact artifact) {
            json.writeStringField("path", artifact.path());
            json.writeNumberField("bytes", artifact.bytes());
        } else if (event instanceof RunEvent.Started started) {
            json.writeStringField("experiment", started.experiment());
            json.writeStringField("name", started.name());
        } else if (event instanceof RunEvent.Ended ended) {
            json.writeStringField("outcome", ended.outcome().name());
        }
    }

    /** Numbers that JSON has no form for are strings; a bare NaN makes MLflow drop the rest of a request in silence. */
    static void writeDouble(double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }
}
